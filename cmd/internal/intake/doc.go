// Package intake is what every command does alike with a delivery before it
// reaches a warehouse: find its files, decode, conform and cleanse it in
// chunks, and say whose rows could not be decoded. It keeps no state and
// writes nothing.
package intake
