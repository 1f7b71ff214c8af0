import mongoose from 'mongoose';
import { CannotStart } from '../errors.ts';

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

/** Connects mongoose for looking alone: neither collections nor indexes are made. Throws what the driver throws. */
export async function connectToLook(uri: string): Promise<typeof mongoose> {
  return mongoose.connect(uri, { serverSelectionTimeoutMS: 3_000, autoIndex: false, autoCreate: false });
}

/** The bare driver, for whole collections. Throws CannotStart when nobody answers or lets us in. */
export async function connectDriver(uri: string): Promise<mongoose.mongo.MongoClient> {
  try {
    return await new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 5_000 }).connect();
  } catch (error) {
    throw new CannotStart(`The database does not answer: ${(error as Error).message}. Check MONGODB_URI.`);
  }
}
