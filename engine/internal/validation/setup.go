package validation

import (
	"github.com/go-logr/logr"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/capabilities"
)

func init() {
	// Upstream logs what it compares, and objects with it: nothing here is for a log.
	klog.SetLogger(logr.Discard())
	// As with --allow-privileged, without which no cluster's own network would run.
	capabilities.Setup(true, 0)
}
