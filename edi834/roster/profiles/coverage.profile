# Everything, one row for a member and coverage. It can be read back as a state to compare with.
profile coverage
title "One row for a member and coverage, with every field"
rows coverage
date YYYY-MM-DD
column sponsor_id    sponsor_id
column sponsor_name  sponsor_name
column payer_id      payer_id
column payer_name    payer_name
column master_policy master_policy
column file_date     file_date
columns member
columns coverage
