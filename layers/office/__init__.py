"""What slides, reports and workbooks share."""
