//go:build tools

// Package tools names the programs that benchmarks are compared with.
package tools

import _ "carvel.dev/kapp/cmd/kapp"
