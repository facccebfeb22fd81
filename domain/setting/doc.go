// Package setting holds the settings of the home: what there is to set, how each value is
// written, where it may come from, and what it is when nobody sets it. The engine (through
// app/config, which adds settings of its own) and the failsafe read the same table with the
// same code, so both take the same values and report the same mistakes.
//
// The environment beats the Parameter Store, which beats the defaults. A mistake never
// stops a program: the setting gets its default, or what WhenWrong says, and the mistake
// is reported. The package does no I/O: the caller passes in the environment, a function
// that opens files, and the parameters.
package setting
