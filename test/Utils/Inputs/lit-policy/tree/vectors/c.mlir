// a test
