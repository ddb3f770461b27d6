"""Pictures and files a person takes away: style, web map, sheet, tables, exports."""
