// Command hydrant-engine renders and compiles for Hydrant. It speaks JSON-RPC 2.0 over
// stdio and ends when its input does.
package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	_ "time/tzdata" // The system's time zones are among the files that cannot be read.

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/channel"
	"github.com/creachadair/jrpc2/handler"

	"hydrant/engine/internal/admission"
	"hydrant/engine/internal/appset"
	"hydrant/engine/internal/causes"
	"hydrant/engine/internal/confine"
	"hydrant/engine/internal/crd"
	"hydrant/engine/internal/kernel"
	"hydrant/engine/internal/memory"
	"hydrant/engine/internal/rego"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/render"
	"hydrant/engine/internal/rendering"
	"hydrant/engine/internal/validation"
)

// protocol is raised when a client of another version would misread the replies.
const protocol = 6

// exitLaunch is the exit code of `confine` where the program was not started.
const exitLaunch = 126

func main() {
	if len(os.Args) > 1 && os.Args[1] == "confine" {
		launch(os.Args[2:])
	}
	limit := flag.Int64("memory-limit", 0, "bytes of memory at which the process ends itself; 0 for none")
	var repositories []string
	flag.Func("repository", "a folder with Git's `objects`, which may be read; may be given several times", func(dir string) error {
		repositories = append(repositories, dir)
		return nil
	})
	flag.Parse()
	confine.Process()
	memory.Limit(*limit)
	defences := kernel.Hold(repositories)
	// Renders allocate much and keep little: half the collections cost some tens of megabytes.
	debug.SetGCPercent(200)

	// Libraries print to stdout; the protocol keeps the real one for itself.
	out := os.Stdout
	os.Stdout = os.Stderr
	methods := handler.Map{}
	for name, method := range methodsOf(&render.Renderer{}, defences) {
		methods[name] = handler.New(method)
	}
	server := jrpc2.NewServer(methods, &jrpc2.ServerOptions{Concurrency: 1})
	if err := server.Start(channel.LSP(os.Stdin, out)).Wait(); err != nil {
		os.Exit(1)
	}
}

// launch starts another program with less than it would have (src/engine/confined.ts).
func launch(args []string) {
	launched, err := kernel.ParseLaunched(args)
	if err == nil {
		err = kernel.Launch(launched)
	}
	fmt.Fprintln(os.Stderr, "hydrant-engine:", err)
	os.Exit(exitLaunch)
}

// methodsOf are all methods by their names, each a function of a context and its parameters.
// The client's words for what they take and answer are in src/engine/protocol; a test of both
// sides holds the fields together (engine/fields_test.go).
func methodsOf(renderer *render.Renderer, defences []kernel.Defence) map[string]any {
	methods := map[string]any{
		"archives.keep": func(_ context.Context, params remote.KeepParams) remote.KeepReply {
			return renderer.Keep(params)
		},
		"render": func(_ context.Context, params render.Params) render.Reply {
			return renderer.Render(params)
		},
		"causes.find": func(_ context.Context, params render.CausesParams) causes.Found {
			return renderer.Causes(params)
		},
		"template.render": func(_ context.Context, params appset.Params) appset.Reply {
			return appset.Render(params)
		},
		"rego.compile":       rego.Compile,
		"rego.test":          rego.Test,
		"crd.validate":       crd.Validate,
		"crd.definitions":    crd.Definitions,
		"resources.validate": validation.Validate,
		"admission.validate": admission.Validate,
	}
	methods["describe"] = func(context.Context, struct{}) description {
		return describe(slices.Sorted(maps.Keys(methods)), defences)
	}
	return methods
}

// description is what the engine says of itself.
type description struct {
	Protocol     int               `json:"protocol"`
	Versions     map[string]string `json:"versions"`
	ProblemKinds []string          `json:"problemKinds"`
	Methods      []string          `json:"methods"`
	// Defences are what the kernel holds the process to, and what it cannot hold.
	Defences []kernel.Defence `json:"defences"`
}

func describe(methods []string, defences []kernel.Defence) description {
	versions := map[string]string{"regoCompiler": rego.Revision()}
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, module := range build.Deps {
			switch module.Path {
			case "sigs.k8s.io/kustomize/api":
				versions["kustomize"] = module.Version
			case "github.com/open-policy-agent/opa":
				versions["opa"] = module.Version
			case "github.com/go-git/go-git/v5":
				versions["goGit"] = module.Version
			case "helm.sh/helm/v4":
				versions["helm"] = module.Version
			case "k8s.io/kubernetes":
				versions["kubernetes"] = module.Version
			case "github.com/fluxcd/pkg/kustomize":
				versions["flux"] = module.Version
			case "k8s.io/apiserver":
				versions["apiserver"] = module.Version
			}
		}
	}
	return description{Protocol: protocol, Versions: versions, ProblemKinds: rendering.ProblemKinds, Methods: methods, Defences: defences}
}
