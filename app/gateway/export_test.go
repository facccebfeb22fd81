package gateway

// AnOperation is an operation for tests to cross with.
var AnOperation = homeState
