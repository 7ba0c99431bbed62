#pragma once

// TensorFlow's kernels.h asks this file which platform it is on, only to decide whether to declare its rendezvous. Set-up does not
// unpack it from the wheel; IS_SLIM_BUILD answers the question.
#define IS_SLIM_BUILD
