// Asks kro itself what it makes of schemas, graphs and kinds. Writes outcomes beside the tables of lib-core's tests:
//
//	go run . ../../lib-core/src/test/resources/kro ../../../shared/data
package main

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"sort"
	"strings"

	"github.com/gobuffalo/flect"
	"github.com/kubernetes-sigs/kro/api/v1alpha1"
	"github.com/kubernetes-sigs/kro/pkg/graph"
	"github.com/kubernetes-sigs/kro/pkg/graph/crd"
	"github.com/kubernetes-sigs/kro/pkg/graph/crd/compat"
	"github.com/kubernetes-sigs/kro/pkg/simpleschema"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/meta/testrestmapper"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/cel/openapi/resolver"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/yaml"
)

type tree = map[string]interface{}

func main() {
	tables, data := os.Args[1], os.Args[2]
	write(tables, "simple-schema", schemas(tables))
	write(tables, "changes", changes(tables))
	write(tables, "plurals", plurals(tables))
	write(tables, "graphs", graphs(tables, data))
}

func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, dependency := range info.Deps {
		if dependency.Path == "github.com/kubernetes-sigs/kro" {
			return dependency.Version
		}
	}
	return "unknown"
}

// One outcome a line, so that differences can be read.
func write(folder, name string, outcomes []tree) {
	lines := make([]string, 0, len(outcomes))
	for _, one := range outcomes {
		var line strings.Builder
		encoder := json.NewEncoder(&line)
		encoder.SetEscapeHTML(false)
		must(encoder.Encode(one))
		lines = append(lines, "  "+strings.TrimSpace(line.String()))
	}
	text := "{\n \"generated\": \"by .ci/learn-kro from kro " + version() + ", do not edit\",\n \"outcomes\": [\n" +
		strings.Join(lines, ",\n") + "\n ]\n}\n"
	must(os.WriteFile(filepath.Join(folder, name+".outcomes.json"), []byte(text), 0o644))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func read(path string, into interface{}) {
	text, err := os.ReadFile(path)
	must(err)
	must(yaml.Unmarshal(text, into))
}

type language struct {
	Name  string `json:"name"`
	Types tree   `json:"types"`
	Spec  tree   `json:"spec"`
}

// What kro does with raw JSON before it reads the language.
func strict(in tree) tree {
	raw, err := json.Marshal(in)
	must(err)
	out := tree{}
	must(yaml.UnmarshalStrict(raw, &out))
	return out
}

// Which type of a circle kro names first is left to chance.
var chance = regexp.MustCompile(`(cyclic dependency in type).*`)

func outcome(name string, value interface{}, err error) tree {
	if err == nil {
		text, failure := json.Marshal(value)
		if failure == nil {
			return tree{"name": name, "result": json.RawMessage(text)}
		}
		err = fmt.Errorf("no JSON can be written: %w", failure)
	}
	return tree{"name": name, "error": chance.ReplaceAllString(err.Error(), "$1 ...")}
}

func schemas(folder string) []tree {
	var cases []language
	read(filepath.Join(folder, "simple-schema.yaml"), &cases)
	var out []tree
	for _, one := range cases {
		result, err := openAPI(one)
		out = append(out, outcome(one.Name, result, err))
	}
	return out
}

func openAPI(one language) (result *extv1.JSONSchemaProps, err error) {
	defer func() {
		if crash := recover(); crash != nil {
			err = fmt.Errorf("kro crashes: %v", crash)
		}
	}()
	return simpleschema.ToOpenAPISpec(strict(one.Spec), strict(one.Types))
}

func definition(one language) (*extv1.CustomResourceDefinition, error) {
	schema, err := simpleschema.ToOpenAPISpec(strict(one.Spec), strict(one.Types))
	if err != nil {
		return nil, err
	}
	return crd.SynthesizeCRD("kro.run", "v1alpha1", "Thing", *schema, extv1.JSONSchemaProps{}, true, extv1.NamespaceScoped, nil), nil
}

func changes(folder string) []tree {
	var cases []struct {
		Name string   `json:"name"`
		Old  language `json:"old"`
		New  language `json:"new"`
	}
	read(filepath.Join(folder, "changes.yaml"), &cases)
	var out []tree
	for _, one := range cases {
		before, err := definition(one.Old)
		must(err)
		after, err := definition(one.New)
		must(err)
		report, err := compat.CompareVersions(before.Spec.Versions, after.Spec.Versions)
		must(err)
		out = append(out, tree{"name": one.Name, "breaking": told(report.BreakingChanges), "other": told(report.NonBreakingChanges)})
	}
	return out
}

func told(changes []compat.Change) []string {
	texts := []string{}
	for _, change := range changes {
		texts = append(texts, string(change.ChangeType)+" "+change.Path+": "+change.Description())
	}
	sort.Strings(texts) // kro itself lists them in random order
	return texts
}

func plurals(folder string) []tree {
	text, err := os.ReadFile(filepath.Join(folder, "plurals.txt"))
	must(err)
	var out []tree
	for _, word := range strings.Fields(string(text)) {
		out = append(out, tree{"name": word, "plural": flect.Pluralize(word)})
	}
	return out
}

// The resources of a graph are judged by the kinds that ship with Kubernetes; those of other graphs are not known.
func graphs(folder, data string) []tree {
	must(extv1.AddToScheme(scheme.Scheme))
	builder, err := graph.NewBuilder(nil, nil,
		graph.WithSchemaResolver(publishedBy(filepath.Join(data, "openapi", "kubernetes-1.36-v3.tar.gz"))),
		graph.WithRESTMapper(testrestmapper.TestOnlyStaticRESTMapper(scheme.Scheme)))
	must(err)
	var out []tree
	var files []string
	must(filepath.WalkDir(data, func(path string, entry fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".yaml") {
			files = append(files, path)
		}
		return err
	}))
	for _, file := range files {
		text, err := os.ReadFile(file)
		must(err)
		name, _ := filepath.Rel(data, file)
		for _, document := range strings.Split(string(text), "\n---") {
			if strings.Contains(document, "kind: ResourceGraphDefinition") {
				out = append(out, build(builder, name, []byte(document)))
			}
		}
	}
	var cases []struct {
		Name  string `json:"name"`
		Graph tree   `json:"graph"`
	}
	read(filepath.Join(folder, "graphs.yaml"), &cases)
	for _, one := range cases {
		raw, err := json.Marshal(one.Graph)
		must(err)
		out = append(out, build(builder, one.Name, raw))
	}
	return out
}

// What an API server publishes, by document.
type published []map[string]*spec.Schema

func publishedBy(archive string) published {
	file, err := os.Open(archive)
	must(err)
	unzipped, err := gzip.NewReader(file)
	must(err)
	documents := tar.NewReader(unzipped)
	var all published
	for {
		header, err := documents.Next()
		if err == io.EOF {
			return all
		}
		must(err)
		if !strings.HasSuffix(header.Name, ".json") {
			continue
		}
		var document struct {
			Components struct {
				Schemas map[string]*spec.Schema `json:"schemas"`
			} `json:"components"`
		}
		must(json.NewDecoder(documents).Decode(&document))
		all = append(all, document.Components.Schemas)
	}
}

func (p published) ResolveSchema(kind schema.GroupVersionKind) (*spec.Schema, error) {
	const prefix = "#/components/schemas/"
	for _, schemas := range p {
		for name, one := range schemas {
			var kinds []map[string]string
			text, _ := json.Marshal(one.Extensions["x-kubernetes-group-version-kind"])
			_ = json.Unmarshal(text, &kinds)
			if len(kinds) == 1 && kinds[0]["group"] == kind.Group && kinds[0]["version"] == kind.Version && kinds[0]["kind"] == kind.Kind {
				return resolver.PopulateRefs(func(ref string) (*spec.Schema, bool) {
					found, ok := schemas[strings.TrimPrefix(ref, prefix)]
					return found, ok
				}, prefix+name)
			}
		}
	}
	return nil, fmt.Errorf("cannot resolve %v: %w", kind, resolver.ErrSchemaNotFound)
}

func build(builder *graph.Builder, name string, text []byte) tree {
	definition := &v1alpha1.ResourceGraphDefinition{}
	raw, err := yaml.YAMLToJSON(text) // as kubectl, which takes the last of keys written twice
	must(err)
	if err := yaml.UnmarshalStrict(raw, definition); err != nil {
		return outcome(name, nil, err)
	}
	if definition.Spec.Schema == nil {
		return outcome(name, nil, fmt.Errorf("the API server refuses it: no schema"))
	}
	// The defaults of the API server.
	if definition.Spec.Schema.Group == "" {
		definition.Spec.Schema.Group = v1alpha1.KRODomainName
	}
	if definition.Spec.Schema.Scope == "" {
		definition.Spec.Schema.Scope = v1alpha1.ResourceScopeNamespaced
	}
	built, err := builder.NewResourceGraphDefinition(definition, graph.Config{MaxCollectionSize: 1000, MaxCollectionDimensionSize: 10})
	if err != nil {
		return outcome(name, nil, err)
	}
	return outcome(name, tree{"crd": built.CRD, "order": built.TopologicalOrder}, nil)
}
