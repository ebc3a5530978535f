DATE_FORMAT = SHORT_DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y-m-d H:i"
TIME_FORMAT = "H:i"
# Used where grouping is asked for, as in English: Django's own formats for Chinese have no separator
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
