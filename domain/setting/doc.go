// Package setting reads settings as operators write them, text by text: what they may
// hold, and what is wrong with them. It is pure and knows no sources, so that the
// engine (by app/config, which has the table of all settings) and the failsafe read
// the same text alike.
//
// Each function is given what somebody wrote, which is not empty and has no white
// space around it. Its error says what is wrong, to go after the variable's name and
// value; it does not repeat the value, which may be a secret in the wrong place.
package setting
