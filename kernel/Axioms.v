Require Claims.LowerBound.
Print Assumptions Claims.LowerBound.h_derivative.
Print Assumptions Claims.LowerBound.h_inflection.
Print Assumptions Claims.LowerBound.hessian_formula.
Print Assumptions Claims.LowerBound.hessian_sign.
Print Assumptions Claims.LowerBound.kkt.
Print Assumptions Claims.LowerBound.equal_split_value.
Print Assumptions Claims.LowerBound.integer_relaxation.
Print Assumptions Claims.LowerBound.linear_is_optimal.
Print Assumptions Claims.LowerBound.inflection_heuristic.
Print Assumptions Claims.LowerBound.van_trees.
Print Assumptions Claims.LowerBound.local_maxima.
