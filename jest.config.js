/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/fixtures/'],
  globalSetup: '<rootDir>/test/buildWorker.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/canary/setup.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
      },
    ],
  },
  // A long run (npm run test:long) tries properties more often.
  testTimeout: process.env.HYDRANT_TEST_LONG === '1' ? 1_800_000 : 30_000,
  // By default one core is left alone, which on two cores is half of them.
  maxWorkers: '100%',
  // Modules of finished test files stay in memory, and starting git from a large process is slow.
  workerIdleMemoryLimit: '600MB',
};
