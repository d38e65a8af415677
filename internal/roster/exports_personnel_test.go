package roster

// personnelExports are what personnel systems write of a company's people. Their
// reports are put together by hand from fields with fixed names: each of these
// has the fields that matter here, in a usual order. Behind each stands who
// says that the fields are called so.
var personnelExports = []export{
	// BambooHR, an employee table as public test data of two other products
	// quotes it.
	{"BambooHR, employees", nil,
		"Employee #|First Name|Last Name|Job Title|Department|Division|Location|Status|Hire Date|Work Email|Reports To|Reports To Email",
		[]string{"8753|Ann|Lee|CEO|Executive|Operations|Pune|Active|09-10-2023|ann@x.com||", "6419|Bo|Li|CRO|Sales|Product|Mumbai|Inactive|02-02-2024|bo@x.com|Ann Lee|ann@x.com"},
		columns{"Current Status": "direct Status", "Display Name": "joined First Name + Last Name", "Primary Email": "direct Work Email", "Groups": "direct Department?"},
		[]string{"Active|Ann Lee|ann@x.com", "Inactive|Bo Li|bo@x.com"}},
	// The same of another product, with the kind of employment beside the status.
	{"BambooHR, without addresses", nil,
		"Employee #|First Name|Last Name|Job Title|Department|Hire Date|Employment Status|Status",
		[]string{"12|Ana|Ruiz|Owner|Leadership|2012-01-10|Full-Time|Active", "23|Fay|Roe|Cashier|Store|2020-01-10|Terminated|Inactive"},
		columns{"Current Status": "direct Status", "Display Name": "joined First Name + Last Name", "Groups": "direct Department?"},
		[]string{"Active|Ana Ruiz|", "Inactive|Fay Roe|"}},
	// Workday, columns of worker reports as public scripts read them: the worker
	// with remarks behind the name, the address at work.
	{"Workday, worker report", nil,
		"Employee ID|Worker Object|Preferred Name|User Name|Email - Primary Work|Active Status|Last Day Of Work|Worker Type|Supervisory Organization|Cost Center|Manager",
		[]string{"1|Ann Lee|Ann Lee|alee|ann@x.com|Yes||Employee|R&D (Bo Li)|100|Bo Li", "2|Cy Ng (On Leave)|Cy Ng|cng|cy@x.com|Yes||Employee|R&D (Bo Li)|100|Bo Li", "3|Di Oh [C]|Di Oh|doh|di@x.com|No|2026-01-31|Contingent Worker|R&D (Bo Li)|100|Bo Li"},
		columns{"Current Status": "direct Active Status", "Display Name": "direct Preferred Name?", "Primary Email": "direct Email - Primary Work"},
		[]string{"Active||ann@x.com", "Active||cy@x.com", "Archived||di@x.com"}},
	// Workday, the header of an organisation report in public test data.
	{"Workday, organisation report", nil,
		"Worker Active|Not Counted in HC|Preferred Full Name in Local Language 1|(Primary Position) Worker & Employee Type|Department|Section|Group|Team|Email - Primary Work",
		[]string{"Yes|No|Ann Lee|Regular|R&D|Core|Platform|Alpha|ann@x.com", "No|No|Bo Li|Regular|R&D|Core|Platform|Beta|bo@x.com"},
		columns{"Current Status": "direct Worker Active", "Primary Email": "direct Email - Primary Work", "Role": "direct (Primary Position) Worker & Employee Type?", "Groups": "direct Group?"},
		[]string{"Active||ann@x.com", "Archived||bo@x.com"}},
	// Personio Help Center, "Overview of all attributes": preset attributes and
	// the values of the status.
	{"Personio, employees", nil,
		"First name|Last name|Gender|Position|Email|Office|Sub-company|Status|Hire date|Contract end date|End of employment|Supervisor|Weekly hours|Department|Team|Cost center",
		[]string{"Ann|Lee|female|Engineer|ann@x.com|Berlin|X GmbH|Active|2020-01-01|||Bo Li|40|R&D|Core|100", "Bo|Li|male|Lead|bo@x.com|Berlin|X GmbH|Inactive|2020-01-01|||Cy Ng|40|R&D|Core|100", "Cy|Ng|male|Lead|cy@x.com|Berlin|X GmbH|Leave|2020-01-01||||40|R&D|Core|100", "Di|Oh|male|Lead|di@x.com|Berlin|X GmbH|Onboarding|2026-12-01||||40|R&D|Core|100"},
		columns{"Current Status": "direct Status", "Display Name": "joined First name + Last name", "Primary Email": "direct Email", "Groups": "direct Department?"},
		[]string{"Active|Ann Lee|ann@x.com", "Inactive|Bo Li|bo@x.com", "Leave|Cy Ng|cy@x.com", "Onboarding|Di Oh|di@x.com"}},
	// The same in German, as the attributes are called in that language.
	{"Personio, in German", nil,
		"ID|Vorname|Nachname|E-Mail|Status|Position|Abteilung|Team|Vorgesetzter|Standort|Einstellungsdatum",
		[]string{"1|Ann|Lee|ann@x.com|aktiv|Entwicklerin|F&E|Kern|Bo Li|Berlin|2020-01-01", "2|Bo|Li|bo@x.com|inaktiv|Leiter|F&E|Kern||Berlin|", "3|Cy|Ng|cy@x.com|Onboarding|||||Berlin|"},
		columns{"Current Status": "direct Status", "Display Name": "joined Vorname + Nachname", "Primary Email": "direct E-Mail", "Groups": "direct Abteilung?"},
		[]string{"Active|Ann Lee|ann@x.com", "Archived|Bo Li|bo@x.com", "Onboarding|Cy Ng|cy@x.com"}},
	// Fivetran, HiBob connector schema: columns of the table of employees.
	{"HiBob, table of employees", nil,
		"id|manager|reports_to_id_in_company|second_level_manager|birth_date|city|company_id|department|display_name|email|employee_id_in_company|first_name|surname|personal_email|site|state|status|title",
		[]string{"1|2||3||Berlin|7|R&D|Ann Lee|ann@x.com|E1|Ann|Lee|ann@home.net|Berlin|BE|Active|Engineer", "2|3||||Berlin|7|R&D|Bo Li|bo@x.com|E2|Bo|Li||Berlin|BE|Inactive|Lead"},
		columns{"Current Status": "direct status", "Display Name": "direct display_name", "Primary Email": "direct email", "Groups": "direct department?"},
		[]string{"Active|Ann Lee|ann@x.com", "Inactive|Bo Li|bo@x.com"}},
	// Lattice Help Center, "Import your organization from Rippling": the fields
	// of the report.
	{"Rippling, employee report", nil,
		"Legal first name|Legal last name|Work email|Title|Manager - Work email|Employment status|Start date|Department",
		[]string{"Ann|Lee|ann@x.com|Engineer|bo@x.com|Active|2020-01-01|R&D", "Bo|Li|bo@x.com|Lead||Terminated|2020-01-01|R&D"},
		columns{"Current Status": "direct Employment status?", "Display Name": "joined Legal first name + Legal last name", "Primary Email": "direct Work email", "Groups": "direct Department?"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com"}},
	// An older state of the same page.
	{"Rippling, names in one column", nil,
		"Employee name|Work email|Title|Manager - Work email|Employment status",
		[]string{"Ann Lee|ann@x.com|Engineer|bo@x.com|Active", "Bo Li|bo@x.com|Lead||Accepted"},
		columns{"Current Status": "direct Employment status?", "Display Name": "direct Employee name", "Primary Email": "direct Work email"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com"}},
	// "Connect to AD" help, "Saved Report Specifications": columns of a saved
	// report of UKG Ready.
	{"UKG Ready, saved report", nil,
		"Employee Id|Account Id|Employee Status|Employee Name|First Name|Last Name|Username|Primary Email|Secondary Email|Personal Email|Nickname|Locked|Security Profile|Manager 1 Name",
		[]string{"1|10|Active|Lee, Ann|Ann|Lee|alee|ann@x.com|||Annie|No|Employee|Bo Li", "2|11|Terminated|Li, Bo|Bo|Li|bli|bo@x.com||||Yes|Manager|"},
		columns{"Current Status": "direct Employee Status?", "Display Name": "direct Employee Name", "Primary Email": "direct Primary Email", "Role": "direct Security Profile?"},
		[]string{"|Lee, Ann|ann@x.com", "|Li, Bo|bo@x.com"}},
	// ADP Workforce Now, columns of custom reports as public scripts read them.
	{"ADP Workforce Now, custom report", nil,
		"Associate ID|Position ID|File Number|Last Name|First Name|Preferred Name|Payroll Name|Position Status|Job Title Description|Home Department Code|Home Department Description|Location Description|Reports To Name|Work Contact: Work Email|Personal Contact: Personal Email",
		[]string{"A1|P1|1|Lee|Ann||Lee, Ann|Active|Engineer|100|R&D|Austin|Li, Bo|ann@x.com|ann@home.net", "A2|P2|2|Li|Bo||Li, Bo|Terminated|Lead|100|R&D|Austin||bo@x.com|", "A3|P3|3|Ng|Cy||Ng, Cy|Leave|Lead|100|R&D|Austin||cy@x.com|"},
		columns{"Current Status": "direct Position Status?", "Display Name": "joined First Name + Last Name", "Primary Email": "direct Work Contact: Work Email"},
		[]string{"|Ann Lee|ann@x.com", "|Bo Li|bo@x.com", "|Cy Ng|cy@x.com"}},
	// The same with the name of the category behind each field.
	{"ADP Workforce Now, fields with their categories", nil,
		"Payroll Name (Personal Profile)|Work Contact: Work Email (Personal Profile)|Position Status (Employment Profile)|# of Dependents (Personal Profile)",
		[]string{"Lee, Ann|ann@x.com|Active|0", "Li, Bo|bo@x.com|Terminated|1"},
		columns{"Current Status": "direct Position Status (Employment Profile)?", "Display Name": "direct Payroll Name (Personal Profile)?", "Primary Email": "direct Work Contact: Work Email (Personal Profile)"},
		[]string{"||ann@x.com", "||bo@x.com"}},
	// SAP Learning, "Managing user data": the system keys of the user data file.
	{"SAP SuccessFactors, user data file", nil,
		"STATUS|USERID|USERNAME|FIRSTNAME|LASTNAME|MI|GENDER|EMAIL|MANAGER|HR|DEPARTMENT|JOBCODE|DIVISION|LOCATION|TIMEZONE|HIREDATE|EMPID|TITLE",
		[]string{"active|1|alee|Ann|Lee||F|ann@x.com|2|NO_HR|R&D|ENG|EU|Berlin|CET|01/01/2020|1|Engineer", "inactive|2|bli|Bo|Li||M|bo@x.com|NO_MANAGER|NO_HR|R&D|ENG|EU|Berlin|CET|01/01/2020|2|Lead"},
		columns{"Current Status": "direct STATUS", "Display Name": "joined FIRSTNAME + LASTNAME", "Primary Email": "direct EMAIL", "Groups": "direct DEPARTMENT?"},
		[]string{"active|Ann Lee|ann@x.com", "inactive|Bo Li|bo@x.com"}},
}
