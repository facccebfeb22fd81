package assistant

import "github.com/lambda-execution-engine/lee/domain/intent"

// commands are words that mean an intent by themselves. Alexa knows them, but not
// while the next words are to come whole: what is said then, and is nothing but
// such words, is not for the home's agent. They are in small letters.
var commands = map[string]map[string]string{
	"en": {
		"stop": intent.Stop, "cancel": intent.Stop, "quit": intent.Stop, "exit": intent.Stop, "goodbye": intent.Stop,
		"never mind": intent.Stop, "no thanks": intent.Stop, "no thank you": intent.Stop, "help": intent.Help,
		"continue": intent.Continue, "go on": intent.Continue, "yes": intent.Yes, "no": intent.No, "nothing": intent.No,
	},
	"de": {
		"stopp": intent.Stop, "stop": intent.Stop, "abbrechen": intent.Stop, "beenden": intent.Stop, "tschüss": intent.Stop,
		"vergiss es": intent.Stop, "nein danke": intent.Stop, "hilfe": intent.Help, "weiter": intent.Continue,
		"ja": intent.Yes, "nein": intent.No, "nichts": intent.No,
	},
	"fr": {
		"stop": intent.Stop, "arrête": intent.Stop, "annule": intent.Stop, "annuler": intent.Stop, "quitte": intent.Stop,
		"au revoir": intent.Stop, "non merci": intent.Stop, "aide": intent.Help, "continue": intent.Continue,
		"oui": intent.Yes, "non": intent.No, "rien": intent.No,
	},
	"es": {
		"para": intent.Stop, "alto": intent.Stop, "cancela": intent.Stop, "cancelar": intent.Stop, "salir": intent.Stop,
		"adiós": intent.Stop, "no gracias": intent.Stop, "ayuda": intent.Help, "continúa": intent.Continue, "sigue": intent.Continue,
		"sí": intent.Yes, "no": intent.No, "nada": intent.No,
	},
	"it": {
		"stop": intent.Stop, "basta": intent.Stop, "annulla": intent.Stop, "esci": intent.Stop, "ciao": intent.Stop,
		"no grazie": intent.Stop, "aiuto": intent.Help, "continua": intent.Continue,
		"sì": intent.Yes, "no": intent.No, "niente": intent.No,
	},
}
