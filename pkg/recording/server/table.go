package server

import (
	"encoding/json"
	"net/http"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/kubectl-podkit/podkit/pkg/recording/table"
)

// table shows objects in the columns of a server. Every row brings its object along as the request asks: its metadata, all of
// it, or nothing.
func (s *server) table(r *http.Request, asked asked, form form, list page) metav1.Table {
	printer := table.Of(asked.gvr().GroupResource())
	shown := metav1.Table{TypeMeta: form.typeMeta(), ListMeta: list.meta, ColumnDefinitions: printer.Columns, Rows: []metav1.TableRow{}}
	include := metav1.IncludeObjectPolicy(r.URL.Query().Get("includeObject"))
	for _, item := range list.items {
		row := metav1.TableRow{Cells: printer.Cells(item.Raw, s.recording.Header.TakenAt)}
		switch include {
		case metav1.IncludeNone:
		case metav1.IncludeObject:
			row.Object = runtime.RawExtension{Raw: whole(asked, item)}
		default:
			kind := metav1.TypeMeta{Kind: asMetadata, APIVersion: metav1.GroupName + "/" + form.version}
			if partial, err := metadataOf(item, kind); err == nil {
				row.Object.Raw, _ = json.Marshal(partial) // Metadata that was read as such can be written.
			}
		}
		shown.Rows = append(shown.Rows, row)
	}
	return shown
}
