{"vassal": {"b": "2"}}
