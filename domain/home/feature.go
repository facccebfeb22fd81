package home

// Feature is a bit of an entity's supported_features. What a bit means depends
// on the entity's domain (the IntFlag of each Home Assistant component). Those that
// LEE asks for are here.
type Feature uint64

// Features of covers (components/cover).
const (
	CoverOpen            Feature = 1
	CoverClose           Feature = 2
	CoverSetPosition     Feature = 4
	CoverStop            Feature = 8
	CoverOpenTilt        Feature = 16
	CoverCloseTilt       Feature = 32
	CoverStopTilt        Feature = 64
	CoverSetTiltPosition Feature = 128
)

// Features of fans (components/fan).
const (
	FanSetSpeed   Feature = 1
	FanOscillate  Feature = 2
	FanDirection  Feature = 4
	FanPresetMode Feature = 8
	FanTurnOff    Feature = 16
	FanTurnOn     Feature = 32
)

// Features of climate devices (components/climate).
const (
	ClimateTargetTemperature      Feature = 1
	ClimateTargetTemperatureRange Feature = 2
	ClimateTurnOff                Feature = 128
	ClimateTurnOn                 Feature = 256
)

// Features of water heaters (components/water_heater).
const (
	WaterHeaterTargetTemperature Feature = 1
	WaterHeaterOperationMode     Feature = 2
	WaterHeaterOnOff             Feature = 8
)

// Features of media players (components/media_player).
const (
	MediaPause           Feature = 1
	MediaSeek            Feature = 2
	MediaVolumeSet       Feature = 4
	MediaVolumeMute      Feature = 8
	MediaPreviousTrack   Feature = 16
	MediaNextTrack       Feature = 32
	MediaTurnOn          Feature = 128
	MediaTurnOff         Feature = 256
	MediaPlayMedia       Feature = 512
	MediaVolumeStep      Feature = 1024
	MediaSelectSource    Feature = 2048
	MediaStop            Feature = 4096
	MediaPlay            Feature = 16384
	MediaSelectSoundMode Feature = 65536
)

// Features of vacuums (components/vacuum).
const (
	VacuumPause      Feature = 4
	VacuumReturnHome Feature = 16
	VacuumFanSpeed   Feature = 32
	VacuumStart      Feature = 8192
)

// Features of valves (components/valve).
const (
	ValveOpen        Feature = 1
	ValveClose       Feature = 2
	ValveSetPosition Feature = 4
	ValveStop        Feature = 8
)

// Features of humidifiers (components/humidifier), remotes (components/remote),
// locks (components/lock), cameras (components/camera).
const (
	HumidifierModes Feature = 1
	RemoteActivity  Feature = 4
	LockOpen        Feature = 1
	CameraStream    Feature = 2
)

// Features of alarm control panels (components/alarm_control_panel).
const (
	AlarmArmHome  Feature = 1
	AlarmArmAway  Feature = 2
	AlarmArmNight Feature = 4
)
