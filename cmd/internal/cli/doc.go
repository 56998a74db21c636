// Package cli is the command line of Loadstar: one file a command. It turns
// flags into configuration, calls the pipeline, and shows what came of it;
// it decides nothing about data.
package cli
