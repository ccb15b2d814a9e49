"""What all publishing plugins share: the edition that is being made, its templates, and what is offered beside its pages."""
