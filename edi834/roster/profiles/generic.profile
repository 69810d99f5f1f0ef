# Wide: one row a member, up to six coverages side by side.
profile generic
title "One row a member, with up to six coverages"
rows member
date YYYY-MM-DD
column sponsor_id        sponsor_id
column master_policy     master_policy
column policy_number     policy_number
column subscriber_id     subscriber_id required
column member_id         member_id
column ssn               ssn
column member_type       member_type
column relationship      relationship required
column subscriber        subscriber
column last              last required
column first             first
column middle            middle
column suffix            suffix
column birth_date        birth_date
column birth_sequence    birth_sequence
column gender            gender
column benefit_status    benefit_status
column employment_status employment_status
column employment_begin  employment_begin
column eligibility_begin eligibility_begin
column eligibility_end   eligibility_end
column department        id_dx
column address_1         address_1
column address_2         address_2
column city              city
column state             state
column postal_code       postal_code
column country           country
column phone             phone
column home_phone        home_phone
column cell_phone        cell_phone
column work_phone        work_phone
column email             email
columns coverages=6 line plan tier begin end premium policy
