import fc from 'fast-check';

// Seeds are fixed in the suite: a failure is a failure of the code, and comes again.
fc.configureGlobal({ seed: 20_261_123 });
