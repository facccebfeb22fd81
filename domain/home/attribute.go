package home

// The attributes that LEE reads, by Home Assistant's names. An adapter keeps
// these of what the home sends and drops the rest; reading a further one starts
// with a line here (Attributes lists them for it).
const (
	AttrSupportedFeatures = "supported_features"
	AttrFriendlyName      = "friendly_name"
	AttrDeviceClass       = "device_class"
	AttrUnit              = "unit_of_measurement"
	AttrAssumedState      = "assumed_state"
	AttrEntityIDs         = "entity_id" // of a group: its members

	// Lights.
	AttrBrightness          = "brightness"
	AttrColorMode           = "color_mode"
	AttrColorTempKelvin     = "color_temp_kelvin"
	AttrHSColor             = "hs_color"
	AttrMaxColorTempKelvin  = "max_color_temp_kelvin"
	AttrMinColorTempKelvin  = "min_color_temp_kelvin"
	AttrSupportedColorModes = "supported_color_modes"

	// Covers and valves.
	AttrCurrentPosition     = "current_position"
	AttrCurrentTiltPosition = "current_tilt_position"
	AttrReportsPosition     = "reports_position"

	// Fans.
	AttrDirection      = "direction"
	AttrOscillating    = "oscillating"
	AttrPercentage     = "percentage"
	AttrPercentageStep = "percentage_step"
	AttrPresetMode     = "preset_mode"
	AttrPresetModes    = "preset_modes"

	// Climate devices, water heaters and humidifiers.
	AttrAvailableModes     = "available_modes"
	AttrCurrentHumidity    = "current_humidity"
	AttrCurrentTemperature = "current_temperature"
	AttrFanMode            = "fan_mode"
	AttrFanModes           = "fan_modes"
	AttrHumidity           = "humidity"
	AttrHVACAction         = "hvac_action"
	AttrHVACModes          = "hvac_modes"
	AttrMaxHumidity        = "max_humidity"
	AttrMaxTemp            = "max_temp"
	AttrMinHumidity        = "min_humidity"
	AttrMinTemp            = "min_temp"
	AttrMode               = "mode"
	AttrOperationList      = "operation_list"
	AttrOperationMode      = "operation_mode"
	AttrSwingMode          = "swing_mode"
	AttrSwingModes         = "swing_modes"
	AttrTargetHumidityStep = "target_humidity_step"
	AttrTargetTempHigh     = "target_temp_high"
	AttrTargetTempLow      = "target_temp_low"
	AttrTargetTempStep     = "target_temp_step"
	AttrTemperature        = "temperature"
	AttrTemperatureUnit    = "temperature_unit" // older versions do not say it

	// Media players.
	AttrMediaChannel     = "media_channel"
	AttrMediaDuration    = "media_duration"
	AttrMediaPosition    = "media_position"
	AttrMediaPositionAt  = "media_position_updated_at"
	AttrMediaTitle       = "media_title"
	AttrSoundMode        = "sound_mode"
	AttrSoundModeList    = "sound_mode_list"
	AttrSource           = "source"
	AttrSourceList       = "source_list"
	AttrVolumeLevel      = "volume_level"
	AttrVolumeMuted      = "is_volume_muted"
	AttrMediaContentID   = "media_content_id"
	AttrMediaContentType = "media_content_type"

	// Remotes, vacuums, locks, alarm panels.
	AttrActivityList    = "activity_list"
	AttrCurrentActivity = "current_activity"
	AttrFanSpeed        = "fan_speed"
	AttrFanSpeedList    = "fan_speed_list"
	AttrBatteryLevel    = "battery_level"
	AttrChangedBy       = "changed_by"
	AttrCodeArmRequired = "code_arm_required"
	AttrCodeFormat      = "code_format"
	AttrNextState       = "next_state"     // of an alarm panel on its way
	AttrPreviousState   = "previous_state" // of an alarm panel on its way

	// Numbers, selects, timers, events, automations, scripts.
	AttrMin           = "min"
	AttrMax           = "max"
	AttrStep          = "step"
	AttrOptions       = "options"
	AttrDuration      = "duration"
	AttrRemaining     = "remaining"
	AttrFinishesAt    = "finishes_at"
	AttrEventType     = "event_type"
	AttrEventTypes    = "event_types"
	AttrLastTriggered = "last_triggered"
	AttrCurrent       = "current" // of a script or an automation: how many run
)

// Attributes returns the names of all attributes that LEE reads.
func Attributes() []string {
	return []string{
		AttrSupportedFeatures, AttrFriendlyName, AttrDeviceClass, AttrUnit, AttrAssumedState, AttrEntityIDs,
		AttrBrightness, AttrColorMode, AttrColorTempKelvin, AttrHSColor, AttrMaxColorTempKelvin,
		AttrMinColorTempKelvin, AttrSupportedColorModes,
		AttrCurrentPosition, AttrCurrentTiltPosition, AttrReportsPosition,
		AttrDirection, AttrOscillating, AttrPercentage, AttrPercentageStep, AttrPresetMode, AttrPresetModes,
		AttrAvailableModes, AttrCurrentHumidity, AttrCurrentTemperature, AttrFanMode, AttrFanModes, AttrHumidity,
		AttrHVACAction, AttrHVACModes, AttrMaxHumidity, AttrMaxTemp, AttrMinHumidity, AttrMinTemp, AttrMode,
		AttrOperationList, AttrOperationMode, AttrSwingMode, AttrSwingModes, AttrTargetHumidityStep, AttrTargetTempHigh, AttrTargetTempLow,
		AttrTargetTempStep, AttrTemperature, AttrTemperatureUnit,
		AttrMediaChannel, AttrMediaDuration, AttrMediaPosition, AttrMediaPositionAt, AttrMediaTitle, AttrSoundMode, AttrSoundModeList,
		AttrSource, AttrSourceList, AttrVolumeLevel, AttrVolumeMuted, AttrMediaContentID, AttrMediaContentType,
		AttrActivityList, AttrCurrentActivity, AttrFanSpeed, AttrFanSpeedList, AttrBatteryLevel, AttrChangedBy,
		AttrCodeArmRequired, AttrCodeFormat, AttrNextState, AttrPreviousState,
		AttrMin, AttrMax, AttrStep, AttrOptions, AttrDuration, AttrRemaining, AttrFinishesAt, AttrEventType,
		AttrEventTypes, AttrLastTriggered, AttrCurrent,
	}
}
