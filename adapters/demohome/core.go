package demohome

import (
	"maps"
	"slices"
)

// core is the domain "homeassistant": services that act on entities of any
// domain, and so on groups of mixed ones.
func core() kind {
	return kind{services: map[string]service{
		"turn_on":  {lax: true, whole: delegate},
		"turn_off": {lax: true, whole: delegate},
		"toggle":   {lax: true, whole: delegate},
		"update_entity": {
			untargeted: true, fields: []field{need("entity_id", anything)},
			whole: func(*call) error { return nil },
		},
		"check_config": {untargeted: true, admin: true, whole: func(*call) error { return nil }},
		"reload_all":   {untargeted: true, admin: true, whole: func(*call) error { return nil }},
		"restart":      {untargeted: true, admin: true, whole: func(*call) error { return nil }},
		"stop":         {untargeted: true, admin: true, whole: func(*call) error { return nil }},
	}}
}

// delegate calls the service of the same name in the domain of each entity.
// Entities whose domain has none are passed over, as is a call without target.
func delegate(c *call) error {
	explicit, sets := c.house.referenced(c.target)
	byDomain := map[string][]any{}
	for _, id := range append(slices.Clone(explicit), sets...) {
		byDomain[domainOf(id)] = append(byDomain[domainOf(id)], id)
	}
	for _, domain := range slices.Sorted(maps.Keys(byDomain)) {
		if _, ok := c.house.lookup(domain, c.service); !ok || domain == c.domain {
			continue
		}
		data := maps.Clone(c.data)
		data["entity_id"] = byDomain[domain]
		if err := c.call(c.context, domain, c.service, data); err != nil {
			return err
		}
	}
	return nil
}

// notifiers take messages that nobody reads.
func notifiers() kind {
	return kind{services: map[string]service{
		"send_message": {
			fields: []field{need("message", asText), may("title", asText)},
			do:     pressed,
		},
		"persistent_notification": {
			untargeted: true, fields: []field{need("message", asText), may("title", asText), may("data", anything)},
			whole: func(*call) error { return nil },
		},
	}}
}

func notifications() kind {
	return kind{services: map[string]service{
		"create": {
			untargeted: true,
			fields:     []field{need("message", asText), may("title", asText), may("notification_id", asText)},
			whole:      func(*call) error { return nil },
		},
		"dismiss": {
			untargeted: true, fields: []field{need("notification_id", asText)},
			whole: func(*call) error { return nil },
		},
	}}
}
