// Command hydrant-engine renders and compiles for Hydrant. It speaks JSON-RPC 2.0 over
// stdio and ends when its input does.
package main

import (
	"context"
	"flag"
	"os"
	"runtime/debug"
	"slices"

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/channel"
	"github.com/creachadair/jrpc2/handler"

	"hydrant/engine/internal/admission"
	"hydrant/engine/internal/appset"
	"hydrant/engine/internal/causes"
	"hydrant/engine/internal/confine"
	"hydrant/engine/internal/crd"
	"hydrant/engine/internal/memory"
	"hydrant/engine/internal/rego"
	"hydrant/engine/internal/remote"
	"hydrant/engine/internal/render"
	"hydrant/engine/internal/rendering"
	"hydrant/engine/internal/validation"
)

// protocol is raised when a client of another version would misread the replies.
const protocol = 5

func main() {
	limit := flag.Int64("memory-limit", 0, "bytes of memory at which the process ends itself; 0 for none")
	flag.Parse()
	confine.Process()
	memory.Limit(*limit)
	// Renders allocate much and keep little: half the collections cost some tens of megabytes.
	debug.SetGCPercent(200)

	// Libraries print to stdout; the protocol keeps the real one for itself.
	out := os.Stdout
	os.Stdout = os.Stderr
	renderer := &render.Renderer{}
	methods := handler.Map{
		"render": handler.New(func(_ context.Context, params render.Params) render.Reply {
			return renderer.Render(params)
		}),
	}
	methods["archives.keep"] = handler.New(func(_ context.Context, params remote.KeepParams) remote.KeepReply {
		return renderer.Keep(params)
	})
	methods["secrets.causes"] = handler.New(func(_ context.Context, params render.CausesParams) causes.Found {
		return renderer.Causes(params)
	})
	methods["template.render"] = handler.New(func(_ context.Context, params appset.Params) appset.Reply {
		return appset.Render(params)
	})
	methods["rego.compile"] = handler.New(rego.Compile)
	methods["rego.test"] = handler.New(rego.Test)
	methods["crd.validate"] = handler.New(crd.Validate)
	methods["crd.definitions"] = handler.New(crd.Definitions)
	methods["resources.validate"] = handler.New(validation.Validate)
	methods["admission.validate"] = handler.New(admission.Validate)
	methods["describe"] = handler.New(func(context.Context, struct{}) map[string]any { return describe(methods) })
	server := jrpc2.NewServer(methods, &jrpc2.ServerOptions{Concurrency: 1})
	if err := server.Start(channel.LSP(os.Stdin, out)).Wait(); err != nil {
		os.Exit(1)
	}
}

func describe(methods handler.Map) map[string]any {
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
	names := methods.Names()
	slices.Sort(names)
	return map[string]any{"protocol": protocol, "versions": versions, "problemKinds": rendering.ProblemKinds, "methods": names}
}
