package appset

import (
	"fmt"

	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"sigs.k8s.io/yaml"
)

// patched merges a templatePatch over an Application. The project stays, as in Argo CD.
func patched(application map[string]any, text string) (map[string]any, error) {
	var patch map[string]any
	if err := yaml.Unmarshal([]byte(text), &patch); err != nil {
		return nil, fmt.Errorf("invalid templatePatch: %w", err)
	}
	original, err := copied(application)
	if err != nil || patch == nil {
		return original, err
	}
	merged, err := strategicpatch.StrategicMergeMapPatchUsingLookupPatchMeta(original, patch, schema{})
	if err != nil {
		return nil, fmt.Errorf("templatePatch: %w", err)
	}
	restoreProject(merged, application)
	return merged, nil
}

func restoreProject(merged, application map[string]any) {
	spec, ok := merged["spec"].(map[string]any)
	if !ok {
		return
	}
	delete(spec, "project")
	if before, ok := application["spec"].(map[string]any); ok && before["project"] != nil {
		spec["project"] = before["project"]
	}
}

// schema tells the merge of an Application's lists: a patch's list replaces the whole one,
// but for the finalizers, as in every object's metadata.
type schema struct {
	// raw is true below valuesObject, of whose fields the type knows nothing.
	raw bool
}

// LookupPatchMetadataForStruct goes down into an object.
func (s schema) LookupPatchMetadataForStruct(key string) (strategicpatch.LookupPatchMeta, strategicpatch.PatchMeta, error) {
	if s.raw {
		return nil, strategicpatch.PatchMeta{}, fmt.Errorf("unable to find api field in struct RawExtension for the json field %q", key)
	}
	meta := strategicpatch.PatchMeta{}
	if key == "finalizers" {
		meta.SetPatchStrategies([]string{"merge"})
	}
	return schema{raw: key == "valuesObject"}, meta, nil
}

// LookupPatchMetadataForSlice goes down into a list.
func (s schema) LookupPatchMetadataForSlice(key string) (strategicpatch.LookupPatchMeta, strategicpatch.PatchMeta, error) {
	return s.LookupPatchMetadataForStruct(key)
}

// Name names the schema in errors.
func (s schema) Name() string { return "Application" }
