//nolint:misspell // the linter takes all languages for English
package hearing

// grammars are by language. The words are written as people write them; they are
// compared without accents. Add a language's ordinals to domain/intent.
//
// An article of the plural is no filler in French, Spanish and Italian: "les deux" is both,
// not the second.
//
// A particle like "off" is a verb here: with it a sentence says what is to be done.
var grammars = map[string]grammar{
	"en": {
		fillers: []string{
			"please", "i mean", "i meant", "i said", "i think", "i guess", "i want", "i'd like", "i would like", "um", "uh", "er", "well", "oh", "okay", "ok", "so",
			"it's", "it is", "this is", "that is", "that's", "that'd be", "that would be", "we are in", "i am in", "i'm in", "we're in", "you are in", "you're in",
			"the one called", "thanks", "thank you", "then", "just", "yes", "yeah", "the answer is", "let's say", "let's take", "i'll take", "take", "choose", "pick", "remember that this is",
			"in", "at", "the", "on the", "to", "for", "maybe", "probably",
		},
		negations: []string{ // "t" is what is left of "don't", "isn't", "wouldn't"
			"not", "no", "nope", "none", "neither", "nor", "never", "t", "dont", "cannot", "without", "except",
			"instead", "other", "another", "anything but", "all but", "nothing", "nobody", "wrong", "unless",
		},
		verbs: []string{
			"turn", "turned", "switch", "switched", "set", "open", "close", "shut", "run", "start", "stop", "play", "pause", "resume", "cancel", "trigger", "activate", "deactivate",
			"dim", "brighten", "lock", "unlock", "announce", "say", "tell", "ask", "make", "put", "show", "give", "add", "remove", "raise", "lower", "increase", "decrease",
			"change", "go", "get", "call", "send", "remind", "wake", "let", "enable", "disable", "on", "off", "is", "are", "was", "were", "has", "have", "will", "do", "does", "did",
			"can", "could", "would", "should",
		},
		questions: []string{"what", "what's", "which", "who", "whose", "where", "when", "why", "how", "whether", "if", "is", "are", "does", "do you"},
		counted:   []string{"the", "one", "that", "this", "there", "option", "number"},
	},
	"de": {
		fillers: []string{
			"bitte", "ich meine", "ich meinte", "ich glaube", "ich denke", "ich möchte", "ich will", "ich hätte gern", "ähm", "äh", "also", "na", "nun", "ja", "okay", "ok", "gut",
			"es ist", "das ist", "hier ist", "das wäre", "wir sind in", "wir sind im", "ich bin in", "ich bin im", "danke", "dann", "mal", "eben", "doch", "nehmen wir", "sagen wir", "ich nehme",
			"nimm", "wähle", "du bist im", "du bist in", "du stehst im", "du stehst in", "wir sind auf", "wir sind am", "merke dir dass das", "auf der", "auf dem", "an der", "am", "beim",
			"in", "im", "der", "die", "das", "den", "dem", "vielleicht", "wohl", "einfach", "gerne", "gern",
		},
		negations: []string{
			"nicht", "nein", "nee", "nichts", "kein", "keine", "keinen", "keinem", "keiner", "keines", "keins", "nie", "niemals", "niemand", "ohne", "außer", "weder", "noch",
			"sondern", "stattdessen", "statt", "andere", "anderen", "anderer", "anderes", "falsch", "bloß nicht",
		},
		verbs: []string{
			"schalte", "schalt", "schalten", "einschalten", "ausschalten", "mach", "mache", "machen", "anmachen", "ausmachen", "stell", "stelle", "stellen", "setz", "setze", "öffne", "öffnen",
			"schließ", "schließe", "schließen", "starte", "starten", "stopp", "stoppe", "führe", "löse", "spiel", "spiele", "pausiere", "dimme", "dimm", "verriegle", "entriegle",
			"sag", "sage", "frag", "frage", "zeig", "zeige", "gib", "fahr", "fahre", "dreh", "drehe", "erhöhe", "senke", "aktiviere", "deaktiviere", "brich", "an", "aus", "auf", "zu",
			"ist", "sind", "war", "hat", "haben", "wird", "kann", "kannst", "soll", "läuft", "brennt", "steht",
		},
		questions: []string{"was", "wer", "wie", "wo", "wann", "warum", "wieso", "welche", "welcher", "welches", "welchen", "ob", "wieviel", "wie viele", "ist", "sind"},
		counted:   []string{"das", "die", "der", "den", "dem", "option", "nummer", "da"},
	},
	"fr": {
		fillers: []string{
			"s'il te plaît", "s'il vous plaît", "je veux dire", "je voulais dire", "je pense que", "je pense", "je crois que", "je crois", "je veux", "je voudrais", "j'aimerais", "euh", "heu", "bon", "ben", "eh bien", "alors", "oui",
			"d'accord", "ok", "c'est", "ce serait", "ici c'est", "on est dans", "nous sommes dans", "je suis dans", "merci", "donc", "disons", "prends", "celui qui s'appelle", "celle qui s'appelle",
			"choisis", "je prends", "je parle de", "je parle du", "tu es dans", "tu es", "retiens que c'est", "dans", "sur", "au", "à la", "le", "la", "l", "peut-être", "juste", "plutôt",
		},
		negations: []string{
			"ne", "n", "pas", "non", "aucun", "aucune", "ni", "jamais", "rien", "personne", "sans", "sauf", "autre", "autres", "au lieu", "faux", "excepté",
		},
		verbs: []string{
			"allume", "allumer", "éteins", "éteindre", "règle", "régler", "mets", "mettre", "ouvre", "ouvrir", "ferme", "fermer", "lance", "lancer", "exécute", "déclenche", "démarre", "arrête", "joue",
			"suspends", "reprends", "annule", "dis", "demande", "montre", "donne", "baisse", "monte", "augmente", "diminue", "active", "désactive", "verrouille", "déverrouille", "change", "fais",
			"est", "sont", "était", "ont", "va", "peux", "peut", "y a", "allumé", "allumée", "éteint", "éteinte", "ouvert", "ouverte", "fermé", "fermée",
		},
		questions: []string{"que", "qu'est", "quoi", "qui", "où", "quand", "comment", "combien", "pourquoi", "quel", "quelle", "quels", "quelles", "si", "est-ce"},
		counted:   []string{"le", "la", "l", "option", "numéro", "celui", "celle", "là", "ci"},
	},
	"es": {
		fillers: []string{
			"por favor", "quiero decir", "quería decir", "creo que", "creo", "pienso", "quiero", "quisiera", "me gustaría", "eh", "pues", "bueno", "vale", "sí", "es", "esto es", "esta es", "este es", "sería",
			"estamos en", "estoy en", "gracias", "entonces", "digamos", "el que se llama", "la que se llama", "me refiero a", "me refiero al", "toma", "elige", "elijo", "estás en", "recuerda que esto es", "en", "el", "la", "quizás", "tal vez", "a", "al",
		},
		negations: []string{
			"no", "ningún", "ninguno", "ninguna", "ni", "nunca", "jamás", "nada", "nadie", "tampoco", "sin", "salvo", "excepto", "menos", "otro", "otra", "otros", "otras", "sino", "en vez",
		},
		verbs: []string{
			"enciende", "encender", "apaga", "apagar", "pon", "poner", "abre", "abrir", "cierra", "cerrar", "ejecuta", "lanza", "dispara", "inicia", "para", "detén", "reproduce", "pausa", "reanuda",
			"cancela", "di", "dime", "pregunta", "muestra", "dame", "sube", "baja", "aumenta", "reduce", "activa", "desactiva", "bloquea", "desbloquea", "cambia", "haz", "ajusta",
			"está", "están", "son", "hay", "ha", "han", "puede", "puedes", "encendido", "encendida", "apagado", "apagada", "abierto", "abierta", "cerrado", "cerrada",
		},
		questions: []string{"qué", "quién", "cómo", "dónde", "cuándo", "cuánto", "cuánta", "cuántos", "cuántas", "cuál", "cuáles", "por qué", "si"},
		counted:   []string{"el", "la", "opción", "número", "ese", "esa", "este", "esta"},
	},
	"it": {
		fillers: []string{
			"per favore", "per piacere", "voglio dire", "volevo dire", "intendo", "penso che sia", "penso sia", "penso", "credo che sia", "credo sia", "credo", "voglio", "vorrei", "mi piacerebbe", "ehm", "eh", "beh", "allora", "sì", "va bene", "ok", "è", "questa è", "questo è",
			"sarebbe", "siamo in", "sono in", "siamo nella", "sono nella", "grazie", "dunque", "diciamo", "quello che si chiama", "prendi", "prendo", "scelgo", "sei in", "sei nella", "sei nel", "ricorda che questa è", "in", "nella", "nel", "sul", "sulla", "al", "alla", "il", "lo", "la", "l", "forse", "magari",
		},
		negations: []string{
			"non", "no", "nessun", "nessuno", "nessuna", "né", "mai", "niente", "nulla", "neanche", "nemmeno", "neppure", "senza", "tranne", "eccetto", "altro", "altra", "altri", "altre", "invece", "sbagliato",
		},
		verbs: []string{
			"accendi", "accendere", "spegni", "spegnere", "imposta", "impostare", "metti", "mettere", "apri", "aprire", "chiudi", "chiudere", "esegui", "avvia", "attiva", "disattiva", "ferma", "riproduci",
			"riprendi", "annulla", "dimmi", "chiedi", "mostra", "dammi", "alza", "abbassa", "aumenta", "riduci", "blocca", "sblocca", "cambia", "fai", "regola", "sono", "era", "ha", "hanno", "c'è", "ci sono",
			"può", "puoi", "acceso", "accesa", "spento", "spenta", "aperto", "aperta", "chiuso", "chiusa",
		},
		questions: []string{"che", "cosa", "chi", "come", "dove", "quando", "quanto", "quanta", "quanti", "quante", "quale", "quali", "qual", "perché", "se"},
		counted:   []string{"il", "la", "lo", "l", "opzione", "numero", "quello", "quella", "questo", "questa"},
	},
}
