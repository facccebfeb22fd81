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
		"where am i": intent.WhereAmI, "where are you": intent.WhereAmI, "which room is this": intent.WhereAmI,
		"bye": intent.Stop, "thanks": intent.Stop, "thank you": intent.Stop, "that's all": intent.Stop, "that is all": intent.Stop,
	},
	"de": {
		"stopp": intent.Stop, "stop": intent.Stop, "abbrechen": intent.Stop, "beenden": intent.Stop, "tschüss": intent.Stop,
		"vergiss es": intent.Stop, "nein danke": intent.Stop, "hilfe": intent.Help, "weiter": intent.Continue,
		"ja": intent.Yes, "nein": intent.No, "nichts": intent.No,
		"wo bin ich": intent.WhereAmI, "wo bist du": intent.WhereAmI, "welcher raum ist das": intent.WhereAmI,
		"danke": intent.Stop, "danke schön": intent.Stop, "das war's": intent.Stop, "das war alles": intent.Stop,
	},
	"fr": {
		"stop": intent.Stop, "arrête": intent.Stop, "annule": intent.Stop, "annuler": intent.Stop, "quitte": intent.Stop,
		"au revoir": intent.Stop, "non merci": intent.Stop, "aide": intent.Help, "continue": intent.Continue,
		"oui": intent.Yes, "non": intent.No, "rien": intent.No,
		"où suis-je": intent.WhereAmI, "où es-tu": intent.WhereAmI, "quelle pièce est-ce": intent.WhereAmI,
		"merci": intent.Stop, "c'est tout": intent.Stop, "non c'est tout": intent.Stop,
	},
	"es": {
		"stop": intent.Stop, "para": intent.Stop, "alto": intent.Stop, "cancela": intent.Stop, "cancelar": intent.Stop, "salir": intent.Stop,
		"adiós": intent.Stop, "no gracias": intent.Stop, "ayuda": intent.Help, "continúa": intent.Continue, "sigue": intent.Continue,
		"sí": intent.Yes, "si": intent.Yes, "no": intent.No, "nada": intent.No,
		"dónde estoy": intent.WhereAmI, "dónde estás": intent.WhereAmI, "qué habitación es esta": intent.WhereAmI,
		"gracias": intent.Stop, "eso es todo": intent.Stop, "nada más": intent.Stop,
	},
	"it": {
		"stop": intent.Stop, "basta": intent.Stop, "annulla": intent.Stop, "esci": intent.Stop, "ciao": intent.Stop,
		"no grazie": intent.Stop, "aiuto": intent.Help, "continua": intent.Continue,
		"sì": intent.Yes, "si": intent.Yes, "no": intent.No, "niente": intent.No,
		"dove sono": intent.WhereAmI, "dove sei": intent.WhereAmI, "che stanza è questa": intent.WhereAmI,
		"grazie": intent.Stop, "è tutto": intent.Stop, "basta così": intent.Stop, "nient'altro": intent.Stop,
	},
	"ar": {"توقف": intent.Stop, "تابع": intent.Continue, "استمر": intent.Continue, "نعم": intent.Yes, "لا": intent.No, "مساعدة": intent.Help},
	"hi": {"रुको": intent.Stop, "बंद करो": intent.Stop, "जारी रखो": intent.Continue, "हाँ": intent.Yes, "नहीं": intent.No, "मदद": intent.Help},
	"ja": {"ストップ": intent.Stop, "やめて": intent.Stop, "続けて": intent.Continue, "はい": intent.Yes, "いいえ": intent.No, "ヘルプ": intent.Help},
	"nl": {
		"stop": intent.Stop, "annuleer": intent.Stop, "nee bedankt": intent.Stop, "ga verder": intent.Continue, "verder": intent.Continue,
		"ja": intent.Yes, "nee": intent.No, "help": intent.Help,
	},
	"pt": {
		"pare": intent.Stop, "cancelar": intent.Stop, "não obrigado": intent.Stop, "continue": intent.Continue,
		"sim": intent.Yes, "não": intent.No, "ajuda": intent.Help,
	},
}
