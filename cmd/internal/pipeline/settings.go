package pipeline

import "loadstar/load"

// shapeParams are the settings of the steps Shape and Prove. Their hash goes
// into the manifest: a run whose settings are others has something to do also
// where nothing was delivered.
func (j *job) shapeParams(own own) (load.ShapeParams, error) {
	hours := j.cfg.Company.BusinessHours
	opens, closes, err := hours.Minutes()
	if err != nil {
		return load.ShapeParams{}, err
	}
	params := load.ShapeParams{
		RunID: j.manifest.Run, AsOf: j.manifest.AsOf, TimeZone: j.cfg.Company.TimeZone, Currency: j.cfg.Company.Currency,
		FiscalYearStart: j.cfg.Company.FiscalYearStart, Scope: load.WhatChanged, Funnels: own.funnels, Now: j.o.Now,
		Marts: own.marts, Checks: own.checks, Attributes: j.cfg.Attributes,
		IsDescribed:   j.previous != nil && j.previous.Manifest.Hashes["catalogue"] == own.all,
		BusinessHours: load.BusinessHours{Opens: opens, Closes: closes, Days: hours.Days, Holidays: hours.Holidays},
	}
	hash, err := params.SettingsHash()
	if err != nil {
		return load.ShapeParams{}, err
	}
	params.SameSettings = j.previous != nil && j.previous.Manifest.Hashes["settings"] == hash
	j.manifest.Hashes["settings"] = hash
	return params, nil
}
