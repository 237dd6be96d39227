package message

// Error is a failure told to the user as a message: one sentence, in the reader's language, that ends in what to do
// next. The command line renders it with Catalog.Text; Error() is the English text, for logs and tests.
type Error struct {
	// ID and Args name the sentence.
	ID   string
	Args Args
	// Cause is what went wrong beneath, if anything; errors.Is and errors.As see it.
	Cause error
}

// Errorf returns a failure whose sentence is the message id. cause may be nil.
func Errorf(cause error, id string, args Args) *Error {
	return &Error{ID: id, Args: args, Cause: cause}
}

// Error is the sentence in English.
func (e *Error) Error() string {
	catalog, err := NewCatalog(English)
	if err != nil {
		return e.ID
	}
	return catalog.Text(e.ID, e.Args)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

var _ error = (*Error)(nil)
