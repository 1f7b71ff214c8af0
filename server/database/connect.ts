import mongoose from 'mongoose';

/**
 * Connects mongoose to a MongoDB address and makes sure that every index exists.
 * Throws what the driver throws when the server cannot be reached within five seconds.
 */
export async function connectDatabase(uri: string): Promise<typeof mongoose> {
  mongoose.set('sanitizeFilter', true);
  mongoose.set('strictQuery', 'throw');
  await mongoose.connect(uri, {
    serverSelectionTimeoutMS: 5_000,
    autoIndex: false,
    writeConcern: { w: 'majority', journal: true },
  });
  await Promise.all(Object.values(mongoose.models).map((model) => model.createIndexes()));
  return mongoose;
}
