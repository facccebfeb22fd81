package alexa

// Namespace names an interface of the Smart Home Skill API, which Amazon's
// messages call a namespace.
type Namespace string

// The interfaces that LEE speaks
// (https://developer.amazon.com/docs/alexa/device-apis/list-of-interfaces.html).
const (
	Alexa                      Namespace = "Alexa"
	Authorization              Namespace = "Alexa.Authorization"
	BrightnessController       Namespace = "Alexa.BrightnessController"
	CameraStreamController     Namespace = "Alexa.CameraStreamController"
	ChannelController          Namespace = "Alexa.ChannelController"
	ColorController            Namespace = "Alexa.ColorController"
	ColorTemperatureController Namespace = "Alexa.ColorTemperatureController"
	ContactSensor              Namespace = "Alexa.ContactSensor"
	Discovery                  Namespace = "Alexa.Discovery"
	DoorbellEventSource        Namespace = "Alexa.DoorbellEventSource"
	EndpointHealth             Namespace = "Alexa.EndpointHealth"
	EqualizerController        Namespace = "Alexa.EqualizerController"
	HumiditySensor             Namespace = "Alexa.HumiditySensor"
	InputController            Namespace = "Alexa.InputController"
	InventoryLevelSensor       Namespace = "Alexa.InventoryLevelSensor"
	LockController             Namespace = "Alexa.LockController"
	ModeController             Namespace = "Alexa.ModeController"
	MotionSensor               Namespace = "Alexa.MotionSensor"
	PercentageController       Namespace = "Alexa.PercentageController"
	PlaybackController         Namespace = "Alexa.PlaybackController"
	PlaybackStateReporter      Namespace = "Alexa.PlaybackStateReporter"
	PowerController            Namespace = "Alexa.PowerController"
	RTCSessionController       Namespace = "Alexa.RTCSessionController"
	RangeController            Namespace = "Alexa.RangeController"
	SceneController            Namespace = "Alexa.SceneController"
	SecurityPanelController    Namespace = "Alexa.SecurityPanelController"
	SeekController             Namespace = "Alexa.SeekController"
	Speaker                    Namespace = "Alexa.Speaker"
	StepSpeaker                Namespace = "Alexa.StepSpeaker"
	TemperatureSensor          Namespace = "Alexa.TemperatureSensor"
	ThermostatController       Namespace = "Alexa.ThermostatController"
	TimeHoldController         Namespace = "Alexa.TimeHoldController"
	ToggleController           Namespace = "Alexa.ToggleController"
)
