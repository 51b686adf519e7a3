// Prints, for every type that the API server stores, what happens to a field that holds its zero value:
// the OpenAPI documents do not say it, the Go types do.
//
//	type FIELD...   where FIELD is the JSON name, followed by
//	  ~  left out when zero or empty
//	  +  always written, its zero value included
//	  *  always written, null when not set; its zero value is kept
//	  ?  left out when not set, its zero value is kept
//
// Run by ../generate-shapes; the output is checked in.
package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"sort"
	"strings"

	extensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/scheme"
	aggregator "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

var lines = map[reflect.Type]string{}

func main() {
	all := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{scheme.AddToScheme, extensions.AddToScheme, aggregator.AddToScheme} {
		if err := add(all); err != nil {
			panic(err)
		}
	}
	for _, typ := range all.AllKnownTypes() {
		visit(typ)
	}
	sorted := []string{}
	for _, line := range lines {
		if line != "" {
			sorted = append(sorted, line)
		}
	}
	sort.Strings(sorted)
	fmt.Println(strings.Join(sorted, "\n"))
}

func visit(typ reflect.Type) {
	for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice || typ.Kind() == reflect.Map {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct || writesItself(typ) || !strings.HasPrefix(typ.PkgPath(), "k8s.io/") || strings.HasSuffix(typ.Name(), "List") {
		return
	}
	if _, seen := lines[typ]; seen {
		return
	}
	lines[typ] = ""
	if fields := fields(typ); len(fields) > 0 {
		lines[typ] = name(typ) + " " + strings.Join(fields, " ")
	}
}

// writesItself: quantities, times, and whatever else is one value in JSON.
func writesItself(typ reflect.Type) bool {
	marshaler := reflect.TypeFor[json.Marshaler]()
	return typ.Implements(marshaler) || reflect.PointerTo(typ).Implements(marshaler)
}

// name is the name of the type in the OpenAPI documents.
func name(typ reflect.Type) string {
	host, rest, _ := strings.Cut(typ.PkgPath(), "/")
	labels := strings.Split(host, ".")
	for i, j := 0, len(labels)-1; i < j; i, j = i+1, j-1 {
		labels[i], labels[j] = labels[j], labels[i]
	}
	return strings.Join(labels, ".") + "." + strings.ReplaceAll(rest, "/", ".") + "." + typ.Name()
}

func fields(typ reflect.Type) []string {
	all := []string{}
	for i := range typ.NumField() {
		field := typ.Field(i)
		tag := strings.Split(field.Tag.Get("json"), ",")
		options := strings.Join(tag[1:], ",")
		if field.Anonymous && tag[0] == "" && field.Type.Kind() == reflect.Struct {
			all = append(all, fields(field.Type)...)
			continue
		}
		if !field.IsExported() || tag[0] == "-" || tag[0] == "" {
			continue
		}
		visit(field.Type)
		all = append(all, tag[0]+mark(field.Type, options))
	}
	sort.Strings(all)
	return all
}

func mark(typ reflect.Type, options string) string {
	omitted := strings.Contains(options, "omitempty")
	switch typ.Kind() {
	case reflect.Pointer:
		if omitted {
			return "?"
		}
		return "*"
	case reflect.Struct:
		if strings.Contains(options, "omitzero") {
			return "~"
		}
		return "+"
	default:
		if omitted {
			return "~"
		}
		return "+"
	}
}
