package care

// InpatientAdjudication is an MIA. Amounts are information and no part of a balance.
type InpatientAdjudication struct {
	CoveredDays                     Amount   `json:"coveredDays,omitzero"` // MIA01, days or visits
	PPSOperatingOutlier             Amount   `json:"ppsOperatingOutlier,omitzero"`
	LifetimePsychiatricDays         Amount   `json:"lifetimePsychiatricDays,omitzero"`
	DRG                             Amount   `json:"drg,omitzero"`
	RemarkCode                      string   `json:"remarkCode,omitempty"` // MIA05
	DisproportionateShare           Amount   `json:"disproportionateShare,omitzero"`
	MSPPassThrough                  Amount   `json:"mspPassThrough,omitzero"`
	PPSCapital                      Amount   `json:"ppsCapital,omitzero"`
	PPSCapitalFSPDRG                Amount   `json:"ppsCapitalFSPDRG,omitzero"`
	PPSCapitalHSPDRG                Amount   `json:"ppsCapitalHSPDRG,omitzero"`
	PPSCapitalDSHDRG                Amount   `json:"ppsCapitalDSHDRG,omitzero"`
	OldCapital                      Amount   `json:"oldCapital,omitzero"`
	PPSCapitalIME                   Amount   `json:"ppsCapitalIME,omitzero"`
	PPSOperatingHospitalSpecificDRG Amount   `json:"ppsOperatingHospitalSpecificDRG,omitzero"`
	CostReportDays                  Amount   `json:"costReportDays,omitzero"`
	PPSOperatingFederalSpecificDRG  Amount   `json:"ppsOperatingFederalSpecificDRG,omitzero"`
	PPSCapitalOutlier               Amount   `json:"ppsCapitalOutlier,omitzero"`
	IndirectTeaching                Amount   `json:"indirectTeaching,omitzero"`
	NonpayableProfessionalComponent Amount   `json:"nonpayableProfessionalComponent,omitzero"`
	RemarkCodes                     []string `json:"remarkCodes,omitempty"` // MIA20 to MIA23
	PPSCapitalException             Amount   `json:"ppsCapitalException,omitzero"`
}

// OutpatientAdjudication is an MOA. Amounts are information and no part of a balance.
type OutpatientAdjudication struct {
	ReimbursementRate               Amount   `json:"reimbursementRate,omitzero"` // a fraction
	HCPCSPayable                    Amount   `json:"hcpcsPayable,omitzero"`
	RemarkCodes                     []string `json:"remarkCodes,omitempty"` // MOA03 to MOA07
	ESRDPayment                     Amount   `json:"esrdPayment,omitzero"`
	NonpayableProfessionalComponent Amount   `json:"nonpayableProfessionalComponent,omitzero"`
}
