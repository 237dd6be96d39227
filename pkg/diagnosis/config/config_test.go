package config_test

import (
	"flag"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis/config"
	"github.com/kubectl-podkit/podkit/pkg/internal/scenario"
)

var update = flag.Bool("update", false, "write what comes out into the scenarios")

func TestScenarios(t *testing.T) { scenario.Run(t, config.Rules(), *update) }
