// Before all else: a signal to the whole group also reaches a child, whose parent still needs it and ends it by letting go.
if (process.send) for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => undefined);
// CommonJS on purpose, and tsx only for our own files. As ES modules everything would pass through another thread, file
// by file: the server would listen half a second of processor time later and keep 40 MB more.
for (const name of ['bson', 'lmdb', ...(process.send ? [] : ['zod'])]) require(name);
// Errors are to name our lines, not those of what tsx makes of them.
process.setSourceMapsEnabled(true);
const unregister = require('tsx/cjs/api').register();
require('./main.ts');
unregister();
