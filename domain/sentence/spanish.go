package sentence

import "github.com/lambda-execution-engine/lee/domain/intent"

//nolint:misspell // the linter takes all languages for English
var spanish = vocabulary{
	language: "es", units: [Percent + 1]string{Degrees: "grados", Percent: "por ciento"}, grammar: &spanishGrammar,
	samples: []sample{
		{intent.TriggerAutomation, "activa la automatización {automation}"}, {intent.TriggerAutomation, "lanza una automatización"},
		{intent.RunScript, "ejecuta {script}"}, {intent.RunScript, "ejecuta un script"},
		{intent.SetHelperNumber, "pon {helper} a {number}"}, {intent.SetHelperNumber, "{number}"},
		{intent.SetHelperOption, "pon {helper} en {option}"},
		{intent.SwitchHelperOn, "enciende {helper}"}, {intent.SwitchHelperOff, "apaga {helper}"},
		{intent.Announce, "anuncia {message}"}, {intent.Announce, "haz un anuncio"},
		{intent.AreaOn, "enciende todo {place}"}, {intent.AreaOn, "enciende todo"},
		{intent.AreaOff, "apaga todo {place}"}, {intent.AreaOff, "apaga todo"},
		{intent.LightsOn, "enciende las luces {place}"}, {intent.LightsOn, "enciende las luces"},
		{intent.LightsOff, "apaga las luces {place}"}, {intent.LightsOff, "apaga las luces"},
		{intent.StartTimer, "inicia el temporizador {timer}"}, {intent.StartTimer, "inicia el temporizador {timer} de {duration}"},
		{intent.StartTimer, "inicia un temporizador"}, {intent.StartTimer, "inicia un temporizador de {duration}"}, {intent.StartTimer, "{duration}"},
		{intent.CancelTimer, "cancela el temporizador {timer}"}, {intent.CancelTimer, "cancela el temporizador"},
		{intent.PauseTimer, "pausa el temporizador {timer}"}, {intent.PauseTimer, "pausa el temporizador"},
		{intent.ResumeTimer, "reanuda el temporizador {timer}"}, {intent.ResumeTimer, "reanuda el temporizador"},
		{intent.TimerLeft, "cuánto le queda al temporizador {timer}"}, {intent.TimerLeft, "cuánto tiempo queda"},
		{intent.ThisIs, "esto es {area}"}, {intent.ThisIs, "recuerda dónde estás"},
		{intent.WhereAmI, "dónde estoy"}, {intent.Continue, "continúa"},
		{intent.Choose, "{ordinal}"}, {intent.Choose, "{choice}"},
	},
	places: places{
		plain: "en {area}", keeps: true,
		forms: []form{
			{says: here, heads: []string{"arriba", "abajo", "fuera", "afuera", "dentro", "adentro"}},
			{says: "en la {area}", heads: []string{
				"cocina", "habitación", "sala", "terraza", "entrada", "planta", "buhardilla", "bodega", "despensa", "lavandería", "piscina", "casa", "biblioteca",
			}},
			{says: "en el {area}", heads: []string{
				"salón", "dormitorio", "baño", "pasillo", "despacho", "jardín", "garaje", "comedor", "cuarto", "sótano", "ático", "balcón", "patio", "estudio", "piso", "primer", "segundo", "tercer", "recibidor", "aseo", "trastero",
			}},
		},
		headFirst:    true,
		articles:     []string{"el", "la", "los", "las", "mi", "mis", "nuestro", "nuestra", "un", "una"},
		prepositions: []string{"en", "del", "de", "al", "a", "por", "bajo"}, joiner: "y",
	},
}

var spanishGrammar = grammar{
	verbs:   []string{"está", "están", "estaba", "es", "son", "hay", "ha", "han", "tiene", "tienen"},
	fused:   []string{"ha", "han"},
	parts:   []string{"abierto", "puesto", "hecho", "visto", "vuelto", "roto", "escrito", "dicho", "muerto"},
	ends:    []string{"ado", "ido", "ído"},
	joins:   []string{"que", "y", "o", "pero", "porque", "si", "donde", "cuando", "quien", "cual", "como"},
	clitics: []string{"no", "se", "me", "te", "lo", "le", "les", "nos", "os", "ya"},
	tails:   []string{"o no"},
}
