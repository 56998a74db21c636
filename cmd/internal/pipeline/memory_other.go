//go:build !unix

package pipeline

func maxRSS() int64 { return 0 }
