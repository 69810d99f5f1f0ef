package edi837

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable"
)

// csvSubmission is a professional submission around the given segments, each ended by "~".
func csvSubmission(body string) string { return csvSubmissionOf("005010X222A1", body) }

func csvSubmissionOf(guide, body string) string {
	return "ISA*00*          *00*          *ZZ*A              *ZZ*B              *250314*0915*^*00501*000000001*0*P*:~" +
		"GS*HC*A*B*20250314*0915*7*X*" + guide + "~ST*837*0001*" + guide + "~BHT*0019*00*REF1*20250314*0915*CH~" +
		"NM1*41*2*SENDER*****46*S1~PER*IC*DESK*TE*8005550100~NM1*40*2*RECEIVER*****46*R1~" + body + "SE*9*0001~GE*1*7~IEA*1*000000001~"
}

// csvAboveClaims is the levels above claims of a subscriber; billing replaces the NM1 of the billing provider.
func csvAboveClaims(billing string) string {
	if billing == "" {
		billing = "NM1*85*2*CLINIC*****XX*1234567893~"
	}
	return "HL*1**20*1~" + billing + "N3*1 A ST~N4*PUEBLO*CO*81003~REF*EI*990010001~" +
		"HL*2*1*22*0~SBR*P*18*G1******CI~NM1*IL*1*DOE*JO****MI*SUBID1~DMG*D8*19800102*F~NM1*PR*2*PLAN*****PI*P1~"
}

// TestCSVValues reads single columns off small inputs.
func TestCSVValues(t *testing.T) {
	const p, i, d = "005010X222A1", "005010X223A2", "005010X224A2"
	const clm = "CLM*C1*100***11:B:1*Y*A*Y*Y~HI*ABK:I10*ABF:E119~"
	const clmI = "CLM*C1*100***13:A:1**A*Y*Y~DTP*434*RD8*20250101-20250109~CL1*1*2*01~HI*ABK:I10:::::::Y~"
	const clmD = "CLM*C1*100***11:B:1*Y*A*Y*Y~"
	const sv1, sv2, sv3 = "LX*1~SV1*HC:99213*100*UN*1***1~", "LX*1~SV2*0450*HC:99283*100*UN*1~", "LX*1~SV3*AD:D1110*100****1~"
	above := csvAboveClaims("")
	cases := []struct {
		name, guide, body, table string
		o                        CSVOptions
		want                     csvRow
	}{
		{"set", p, above + clm, "claims", CSVOptions{}, csvRow{"kind": "professional", "guide": p, "submission_purpose": "00",
			"submission_reference": "REF1", "submission_date": "2025-03-14", "submission_time": "09:15", "claim_or_encounter": "CH",
			"submitter_name": "SENDER", "receiver_id": "R1", "submission_seq": "1", "claim_seq": "1"}},
		{"guide of another edition", "005010X222A2", above + clm, "claims", CSVOptions{}, csvRow{"kind": "professional", "guide": p}},
		{"institutional", i, above + clmI, "claims", CSVOptions{Describe: true}, csvRow{"kind": "institutional", "type_of_bill": "0131", "place_of_service": "",
			"facility_type_code": "13", "admission_type": "1", "admission_type_description": "Emergency", "patient_status": "01",
			"principal_diagnosis_poa": "Y", "service_from": "2025-01-01", "service_to": "2025-01-09", "service_date_source": "statement"}},
		{"dental", d, above + clmD + "DTP*472*D8*20250103~", "claims", CSVOptions{}, csvRow{"kind": "dental", "type_of_bill": "", "place_of_service": "11",
			"diagnosis_count": "0", "principal_diagnosis": "", "service_from": "2025-01-03", "service_to": "2025-01-03", "service_date_source": "claim"}},
		{"billing provider without an npi", p, csvAboveClaims("PRV*BI*PXC*207Q00000X~NM1*85*1*ROE*ANN*B**MD~") + clm, "claims", CSVOptions{},
			csvRow{"billing_provider_npi": "", "billing_provider_name": "ROE, ANN B MD", "billing_provider_taxonomy": "207Q00000X", "billing_provider_tax_id": "990010001"}},
		{"subscriber is the patient", p, above + clm, "claims", CSVOptions{Describe: true}, csvRow{"patient_is_subscriber": "1", "patient_level": "",
			"patient_last_name": "DOE", "patient_birth_date": "1980-01-02", "patient_relationship": "18", "subscriber_id": "SUBID1",
			"payer_responsibility_description": "First payer"}},
		{"dependent", p, above + "HL*3*2*23*0~PAT*19******01*55.5*Y~NM1*QC*1*DOE*KIM~N3*2 B ST~N4*SALINA*KS*67401~DMG*D8*20150203*U~REF*Y4*PC1~" + clm, "claims", CSVOptions{},
			csvRow{"patient_is_subscriber": "0", "patient_level": "3", "patient_first_name": "KIM", "patient_relationship": "19", "patient_birth_date": "2015-02-03",
				"patient_weight": "55.5", "patient_pregnant": "Y", "patient_city": "SALINA", "property_casualty_number": "PC1", "subscriber_first_name": "JO",
				"subscriber_birth_date": "1980-01-02"}},
		{"subscriber after a dependent", p, above + "HL*3*2*23*0~PAT*19~NM1*QC*1*DOE*KIM~N3*2 B ST~N4*SALINA*KS*67401~DMG*D8*20150203*U~" + clm +
			"HL*4*1*22*0~SBR*S*18*******MB~NM1*IL*1*POE*LEE****MI*X9~NM1*PR*2*PLAN B*****XV*P2~" + clm, "claims", CSVOptions{},
			csvRow{"patient_is_subscriber": "1", "patient_first_name": "LEE", "patient_birth_date": "", "payer_id": "P2", "payer_responsibility": "S", "group_number": "",
				"billing_provider_name": "CLINIC", "claim_seq": "2"}},
		{"billing provider after another", p, above + clm + "HL*3**20*1~NM1*85*2*OTHER*****XX*1999999984~N3*1 A ST~N4*PUEBLO*CO*81003~REF*EI*990010002~", "claims", CSVOptions{},
			csvRow{"billing_provider_name": "CLINIC"}},
		{"lines disagree", p, above + clm + "LX*1~SV1*HC:99213*60*UN*1***1~LX*2~SV1*HC:99214*25.5*UN*1***1~", "claims", CSVOptions{},
			csvRow{"service_count": "2", "service_charge_total": "85.50", "charge_difference": "14.50"}},
		{"accident", p, above + "CLM*C1*100***11:B:1*Y*A*Y*Y**AA:EM::OR:US*********9~DTP*439*D8*20250103~", "claims", CSVOptions{},
			csvRow{"related_causes": "AA EM", "accident_state": "OR", "accident_country": "US", "delay_reason": "9", "accident_date": "2025-01-03"}},
		{"disability from", p, above + clm + "DTP*360*D8*20250103~", "claims", CSVOptions{}, csvRow{"disability_from": "2025-01-03", "disability_to": ""}},
		{"disability to", p, above + clm + "DTP*361*D8*20250103~", "claims", CSVOptions{}, csvRow{"disability_from": "", "disability_to": "2025-01-03"}},
		{"not a date", p, above + clm + "DTP*431*D8*20251399~", "claims", CSVOptions{}, csvRow{"onset_date": ""}},
		{"admission hour", i, above + "CLM*C1*100***11:A:1**A*Y*Y~DTP*096*TM*0930~DTP*434*RD8*20250101-20250109~DTP*435*DT*202501012359~CL1*1*2*01~HI*ABK:I10~", "claims", CSVOptions{},
			csvRow{"admission_date": "2025-01-01", "admission_time": "23:59", "discharge_time": "09:30", "discharge_date": ""}},
		{"statement of one day", i, above + "CLM*C1*100***13:A:1**A*Y*Y~DTP*434*D8*20250101~CL1*1*2*01~HI*ABK:I10~", "claims", CSVOptions{},
			csvRow{"service_from": "2025-01-01", "service_to": "2025-01-01"}},
		{"codes of a hospital", i, above + clmI + "HI*BI:70:RD8:20250101-20250103~HI*BH:11:D8:20250102~HI*BE:80:::3~HI*BG:01*BG:17~", "claims", CSVOptions{},
			csvRow{"occurrence_codes": "11:2025-01-02", "occurrence_span_codes": "70:2025-01-01:2025-01-03", "value_codes": "80:3", "condition_codes": "01 17"}},
		{"notes", p, above + clm + "NTE*ADD*A, B~", "claims", CSVOptions{}, csvRow{"notes": "ADD:A, B"}},
		{"dates of the lines", p, above + clm + "LX*1~SV1*HC:1*50*UN*1***1~DTP*472*RD8*20250105-20250109~LX*2~SV1*HC:1*50*UN*1***1~DTP*472*D8*20250103~", "claims", CSVOptions{},
			csvRow{"service_from": "2025-01-03", "service_to": "2025-01-09", "service_date_source": "service"}},
		{"other payers", p, above + clm + "SBR*P*01*******BL~CAS*PR*1*10~AMT*D*60~OI***Y***Y~MOA***MA01*N1~NM1*IL*1*DOE*ED****MI*7~NM1*PR*2*FIRST*****PI*F1~DTP*573*D8*20250201~REF*F8*CCN1~" +
			"SBR*T*18~OI***Y***Y~NM1*IL*1*DOE*JO****MI*8~NM1*PR*2*THIRD*****PI*T1~" +
			"LX*1~SV1*HC:99213*100*UN*1***1~DTP*472*D8*20250103~SVD*F1*60*HC:99213**1~CAS*CO*45*30~DTP*573*D8*20250201~", "claims", CSVOptions{},
			csvRow{"other_payer_count": "2", "other_payers": "P:F1:60 T:T1", "other_payer_name": "FIRST", "other_payer_paid_amount": "60.00",
				"other_payer_service_paid_amount": "60.00", "adjustment_amount_co": "30.00", "adjustment_amount_pr": "10.00", "adjustment_amount_oa": "",
				"other_payer_claim_control_number": "CCN1", "other_payer_paid_date": "2025-02-01", "other_payer_remark_codes": "MA01 N1"}},
		{"providers", p, above + clm + "NM1*DN*1*ROE*ANN****XX*1234567893~NM1*P3*1*POE*BO~NM1*82*2*GROUP*****XX*1999999984~PRV*PE*PXC*207Q00000X~", "claims", CSVOptions{},
			csvRow{"referring_provider_name": "ROE, ANN", "referring_provider_npi": "1234567893", "primary_care_provider_name": "POE, BO", "primary_care_provider_npi": "",
				"rendering_provider_name": "GROUP", "rendering_provider_taxonomy": "207Q00000X"}},
		{"guard", p, above + "CLM*=C1*-100***11:B:1*Y*A*Y*Y~NTE*ADD*X~", "claims", CSVOptions{Guard: true},
			csvRow{"patient_control_number": "'=C1", "charge_amount": "-100"}},

		{"professional line", p, above + clm + "LX*1~SV1*HC:99213:25::::LONGER*100*MJ*15*22**2:1**Y**Y*Y***0~DTP*472*D8*20250103~REF*6R*L1~LIN**N4*99999011150~CTP****2*ML~REF*XZ*RX1~", "services", CSVOptions{Describe: true},
			csvRow{"procedure_qualifier": "HC", "procedure_code": "99213", "modifier_1": "25", "modifier_2": "", "procedure_description": "LONGER", "units": "15",
				"unit_of_measure": "MJ", "place_of_service": "22", "diagnosis_pointer_1": "2", "diagnosis_code_1": "E119", "diagnosis_code_2": "I10", "diagnosis_code_3": "",
				"emergency": "Y", "copay_status": "0", "service_from": "2025-01-03", "service_date_source": "service", "line_item_control_number": "L1",
				"ndc_code": "99999011150", "ndc_quantity": "2", "ndc_unit": "ML", "product_code": "", "prescription_number": "RX1", "patient_control_number": "C1",
				"place_of_service_description": "On-campus outpatient hospital"}},
		{"product that is no drug", p, above + clm + sv1 + "LIN**UP*123456789012~CTP****1*UN~", "services", CSVOptions{},
			csvRow{"ndc_code": "", "ndc_quantity": "1", "product_qualifier": "UP", "product_code": "123456789012"}},
		{"pointer to nothing", p, above + clm + "LX*1~SV1*HC:99213*100*UN*1***7:0~", "services", CSVOptions{},
			csvRow{"diagnosis_pointer_1": "7", "diagnosis_code_1": "", "diagnosis_pointer_2": "0", "diagnosis_code_2": "", "place_of_service": "11", "service_from": ""}},
		{"rendering provider of the claim", p, above + clm + "NM1*82*1*ROE*ANN****XX*1234567893~" + sv1, "services", CSVOptions{},
			csvRow{"rendering_provider_name": "ROE, ANN", "rendering_provider_npi": "1234567893"}},
		{"rendering provider of the line", p, above + clm + "NM1*82*1*ROE*ANN****XX*1234567893~" + sv1 + "NM1*82*1*POE*BO~", "services", CSVOptions{},
			csvRow{"rendering_provider_name": "POE, BO", "rendering_provider_npi": ""}},
		{"institutional line", i, above + clmI + sv2, "services", CSVOptions{Describe: true},
			csvRow{"revenue_code": "0450", "procedure_code": "99283", "place_of_service": "", "service_from": "2025-01-01", "service_to": "2025-01-09",
				"service_date_source": "statement", "diagnosis_pointer_1": "", "teeth": "", "tooth_count": ""}},
		{"line of another kind", p, above + clm + "LX*1~SV2*0450*HC:99283*100*UN*1~", "services", CSVOptions{}, csvRow{"charge_amount": "", "procedure_code": ""}},
		{"dental line", d, above + clmD + "DTP*472*D8*20250103~HI*ABK:K0262~LX*1~SV3*AD:D2393*100**10:20*R*1*****1~TOO*JP*30*M:O:D~TOO*JP*31~DTP*441*D8*20150101~", "services", CSVOptions{},
			csvRow{"teeth": "30:MOD 31", "tooth_count": "2", "oral_cavity": "10 20", "prosthesis": "R", "prior_placement_date": "2015-01-01", "diagnosis_code_1": "K0262",
				"service_from": "2025-01-03", "service_date_source": "claim", "place_of_service": "11", "unit_of_measure": ""}},
		{"plain dental line", d, above + clmD + sv3, "services", CSVOptions{}, csvRow{"teeth": "", "tooth_count": "0", "units": "1"}},
		{"decisions of a line", p, above + clm + sv1 + "DTP*472*D8*20250103~SVD*F1*60*HC:99213**1~CAS*PR*1*10.5**2*5**3*4~CAS*CO*45*20.5~DTP*573*D8*20250201~AMT*EAF*19.5~SVD*F2*0*HC:99213**1~CAS*OA*23*100~DTP*573*D8*20250301~", "services", CSVOptions{},
			csvRow{"adjudication_count": "2", "other_payer_id": "F1", "other_payer_paid_amount": "60.00", "other_payer_paid_date": "2025-02-01",
				"remaining_patient_liability_amount": "19.50", "deductible_amount": "10.50", "coinsurance_amount": "5.00", "copay_amount": "4.00",
				"adjustment_amount_co": "20.50", "adjustment_amount_oa": "100.00", "adjustment_amount_pr": "19.50", "adjustment_count": "5"}},
		{"equipment", p, above + clm + "LX*1~SV1*HC:E1390*100*UN*1***1~SV5*HC:E1390*DA*30*88*880*4~CR3*I*MO*6~CRC*09*N*38~DTP*472*D8*20250103~DTP*463*D8*20250101~MEA*TR*R1*11.2~MEA*OG*HT*64~", "services", CSVOptions{},
			csvRow{"equipment_rental_price": "88", "equipment_purchase_price": "880", "equipment_rental_unit": "4", "equipment_days_needed": "30",
				"equipment_certification_type": "I", "equipment_months": "6", "equipment_conditions": "N:38", "begin_therapy_date": "2025-01-01", "test_results": "TR:R1:11.2 OG:HT:64"}},

		{"last diagnosis", p, above + clm, "diagnoses", CSVOptions{}, csvRow{"diagnosis_seq": "2", "row_type": "diagnosis", "role": "other", "diagnosis_pointer": "2",
			"qualifier": "ABF", "code_system": "ICD-10-CM", "code": "E119", "present_on_admission": "", "billing_provider_npi": "1234567893"}},
		{"present on admission", i, above + clmI + "HI*ABF:E119:::::::N~", "diagnoses", CSVOptions{}, csvRow{"role": "other", "diagnosis_pointer": "", "present_on_admission": "N"}},
		{"external cause", i, above + clmI + "HI*ABN:W010XXA:::::::U~", "diagnoses", CSVOptions{}, csvRow{"role": "external_cause", "code": "W010XXA", "present_on_admission": "U"}},
		{"procedure", i, above + clmI + "HI*BBR:021009W:D8:20250102~", "diagnoses", CSVOptions{},
			csvRow{"row_type": "procedure", "role": "principal_procedure", "code_system": "ICD-10-PCS", "procedure_date": "2025-01-02"}},
		{"surgery of anesthesia", p, above + clm + "HI*BP:47562*BO:47563~", "diagnoses", CSVOptions{},
			csvRow{"row_type": "procedure", "role": "other_procedure", "code_system": "HCPCS", "qualifier": "BO", "code": "47563", "diagnosis_seq": "4"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rows := csvParsed(t, csvSubmissionOf(c.guide, c.body), c.o)[c.table]
			require.NotEmpty(t, rows)
			row := rows[len(rows)-1]
			for name, want := range c.want {
				got, ok := row[name]
				require.True(t, ok, name)
				assert.Equal(t, want, got, name)
			}
		})
	}
}

func TestCSVDays(t *testing.T) {
	for value, want := range map[string]string{
		"20250102":          "2025-01-02,,2025-01-02,",
		"20250102-20250105": "2025-01-02,,2025-01-05,",
		"202501022359":      "2025-01-02,23:59,2025-01-02,",
		"0930":              ",09:30,,",
		"9930":              ",,,",
		"20250230":          ",,,",
		"20250102 20250105": ",,,",
		"":                  ",,,",
		"SOON":              ",,,",
	} {
		first, last := csvDays(value)
		b := csvTimeCol(csvtable.DateCol(nil, first), csvClock(&ts837.DatePeriod{Value: value}))
		assert.Equal(t, want, string(csvtable.DateCol(b, last)), value)
	}
	first, last := csvDaysOf(nil)
	assert.True(t, first.IsZero() && last.IsZero())
	assert.True(t, csvClock(nil).IsZero())
	assert.Equal(t, "A::C", string(csvJoined(nil, "A", "", "C", "")))
	assert.Equal(t, "", string(csvJoined(nil, "", "")))
}
