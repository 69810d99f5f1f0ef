# The roster that direct primary care platforms take: one row a person, header names in English.
# People are named by an id that never changes and is not the social security number.
profile hint
title "Direct primary care roster"
rows member
date MM/DD/YYYY
lines HLT HMO PPO POS EPO MM
column "External ID"    external_id            required alias="Unique ID"
column "First Name"     first                  required
column "Middle Name"    middle
column "Last Name"      last                   required
column "DOB"            birth_date             required alias="Date of Birth"
column "Gender"         gender                 map=gender alias="Sex"
column "Member Type"    member_type            required map=type alias="Relationship"
column "Subscriber ID"  subscriber_external_id required=dependent alias="Dependent Of"
column "SSN"            ssn                    alias="Social Security Number"
column "Division"       id_dx
column "Plan"           coverage.plan          alias="Plan Design"
column "Effective Date" coverage.begin         alias="Membership Start Date"
column "Term Date"      coverage.end
column "Email"          email
column "Phone"          any_phone
column "Address 1"      address_1
column "Address 2"      address_2
column "City"           city
column "State"          state
column "Zip"            postal_code
map gender M=male F=female U=other
map type   subscriber=Employee spouse=Spouse child=Child other=Child
