package ssm_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// put answers PutParameter as AWS does.
func (a *amazon) put(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Name, Value, Type string
		Overwrite         bool
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil || in.Value == "" || in.Type != "String" || !in.Overwrite ||
		!strings.Contains(r.Header.Get("Authorization"), "/eu-west-1/ssm/aws4_request") {
		refuse(w, http.StatusBadRequest, "ValidationException")
		return
	}
	a.Put(ports.Parameter{Name: in.Name, Value: secret.New(in.Value), Type: ports.ParameterString})
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	_, _ = w.Write([]byte(`{"Tier":"Standard","Version":1}`))
}

func TestKeeperContract(t *testing.T) {
	portstest.ParameterKeeper(t, func(t *testing.T) portstest.KeeperSetup {
		t.Helper()
		aws := &amazon{}
		store, server := open(t, aws)
		return portstest.KeeperSetup{
			ParameterKeeper: store, Parameters: store,
			Throttle: aws.refuses(http.StatusBadRequest, "ThrottlingException"),
			Forbid:   aws.refuses(http.StatusBadRequest, "AccessDeniedException"),
			Vanish:   server.Close,
		}
	})
}
