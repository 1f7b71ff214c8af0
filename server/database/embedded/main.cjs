// CommonJS on purpose: under tsx on Node 20, ES modules pass one by one through another thread, and the server would
// need half as much time again until it listens.
require('./main.ts');
