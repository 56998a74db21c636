// Package quarantine gives refused rows back to people: annotated copies of
// their deliveries, and a look at which refused rows the contracts of today
// would take. It publishes nothing.
package quarantine
