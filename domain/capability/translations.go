package capability

// translations has the words that LEE says itself in the languages that Alexa
// speaks. It is a list and not a map: a list needs no code at the start. What comes from the home is said
// as the home says it.
//
//nolint:misspell // the linter takes all of them for English
var translations = []language{
	{"ar", []translated{
		{wordActivity, "النشاط"}, {wordAngle, "الزاوية"}, {wordBattery, "البطارية"}, {wordCustom, "مخصص"}, {wordForward, "للأمام"},
		{wordHumidity, "الرطوبة"}, {wordOption, "الخيار"}, {wordPercentage, "النسبة المئوية"}, {wordPosition, "الموضع"},
		{wordReverse, "للخلف"}, {wordRotate, "تدوير"}, {wordRotation, "الدوران"}, {wordStop, "إيقاف"}, {wordTargetHumidity, "الرطوبة المستهدفة"},
		{wordTilt, "الميل"}, {wordValue, "القيمة"},
	}},
	{"de", []translated{
		{wordActivity, "Aktivität"}, {wordAngle, "Winkel"}, {wordBattery, "Batterie"}, {wordCustom, "Benutzerdefiniert"}, {wordForward, "Vorwärts"},
		{wordHumidity, "Luftfeuchtigkeit"}, {wordOption, "Option"}, {wordPercentage, "Prozent"}, {wordPosition, "Position"},
		{wordReverse, "Rückwärts"}, {wordRotate, "Drehen"}, {wordRotation, "Drehung"}, {wordStop, "Stopp"}, {wordTargetHumidity, "Zielfeuchtigkeit"},
		{wordTilt, "Neigung"}, {wordValue, "Wert"},
	}},
	{"es", []translated{
		{wordActivity, "Actividad"}, {wordAngle, "Ángulo"}, {wordBattery, "Batería"}, {wordCustom, "Personalizado"}, {wordForward, "Adelante"},
		{wordHumidity, "Humedad"}, {wordOption, "Opción"}, {wordPercentage, "Porcentaje"}, {wordPosition, "Posición"},
		{wordReverse, "Atrás"}, {wordRotate, "Girar"}, {wordRotation, "Rotación"}, {wordStop, "Parar"}, {wordTargetHumidity, "Humedad objetivo"},
		{wordTilt, "Inclinación"}, {wordValue, "Valor"},
	}},
	{"fr", []translated{
		{wordActivity, "Activité"}, {wordAngle, "Angle"}, {wordBattery, "Batterie"}, {wordCustom, "Personnalisé"}, {wordForward, "Avant"},
		{wordHumidity, "Humidité"}, {wordOption, "Option"}, {wordPercentage, "Pourcentage"}, {wordPosition, "Position"},
		{wordReverse, "Arrière"}, {wordRotate, "Pivoter"}, {wordRotation, "Rotation"}, {wordStop, "Arrêt"}, {wordTargetHumidity, "Humidité cible"},
		{wordTilt, "Inclinaison"}, {wordValue, "Valeur"},
	}},
	{"hi", []translated{
		{wordActivity, "गतिविधि"}, {wordAngle, "कोण"}, {wordBattery, "बैटरी"}, {wordCustom, "कस्टम"}, {wordForward, "आगे"},
		{wordHumidity, "नमी"}, {wordOption, "विकल्प"}, {wordPercentage, "प्रतिशत"}, {wordPosition, "स्थिति"},
		{wordReverse, "पीछे"}, {wordRotate, "घुमाना"}, {wordRotation, "घुमाव"}, {wordStop, "रोकें"}, {wordTargetHumidity, "लक्ष्य नमी"},
		{wordTilt, "झुकाव"}, {wordValue, "मान"},
	}},
	{"it", []translated{
		{wordActivity, "Attività"}, {wordAngle, "Angolo"}, {wordBattery, "Batteria"}, {wordCustom, "Personalizzato"}, {wordForward, "Avanti"},
		{wordHumidity, "Umidità"}, {wordOption, "Opzione"}, {wordPercentage, "Percentuale"}, {wordPosition, "Posizione"},
		{wordReverse, "Indietro"}, {wordRotate, "Ruota"}, {wordRotation, "Rotazione"}, {wordStop, "Ferma"}, {wordTargetHumidity, "Umidità desiderata"},
		{wordTilt, "Inclinazione"}, {wordValue, "Valore"},
	}},
	{"ja", []translated{
		{wordActivity, "アクティビティ"}, {wordAngle, "角度"}, {wordBattery, "バッテリー"}, {wordCustom, "カスタム"}, {wordForward, "正転"},
		{wordHumidity, "湿度"}, {wordOption, "オプション"}, {wordPercentage, "パーセント"}, {wordPosition, "位置"},
		{wordReverse, "逆転"}, {wordRotate, "首振り"}, {wordRotation, "回転"}, {wordStop, "停止"}, {wordTargetHumidity, "設定湿度"},
		{wordTilt, "傾き"}, {wordValue, "値"},
	}},
	{"nl", []translated{
		{wordActivity, "Activiteit"}, {wordAngle, "Hoek"}, {wordBattery, "Batterij"}, {wordCustom, "Aangepast"}, {wordForward, "Vooruit"},
		{wordHumidity, "Luchtvochtigheid"}, {wordOption, "Optie"}, {wordPercentage, "Percentage"}, {wordPosition, "Positie"},
		{wordReverse, "Achteruit"}, {wordRotate, "Draaien"}, {wordRotation, "Rotatie"}, {wordStop, "Stop"}, {wordTargetHumidity, "Gewenste luchtvochtigheid"},
		{wordTilt, "Kanteling"}, {wordValue, "Waarde"},
	}},
	{"pt", []translated{
		{wordActivity, "Atividade"}, {wordAngle, "Ângulo"}, {wordBattery, "Bateria"}, {wordCustom, "Personalizado"}, {wordForward, "Frente"},
		{wordHumidity, "Umidade"}, {wordOption, "Opção"}, {wordPercentage, "Porcentagem"}, {wordPosition, "Posição"},
		{wordReverse, "Reverso"}, {wordRotate, "Girar"}, {wordRotation, "Rotação"}, {wordStop, "Parar"}, {wordTargetHumidity, "Umidade desejada"},
		{wordTilt, "Inclinação"}, {wordValue, "Valor"},
	}},
}

// language is the words of one language.
type language struct {
	name  string // "de"
	words []translated
}

// translated is a word in English and in another language.
type translated struct {
	word phrase
	text string
}

// translationsInto returns the words of a language; nil for one that has none.
func translationsInto(name string) []translated {
	for _, l := range translations {
		if l.name == name {
			return l.words
		}
	}
	return nil
}
