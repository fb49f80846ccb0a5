// The process that a review runs in.
import { reviewMirror } from './reviewMirror.ts';
import { serve } from './serve.ts';

serve(reviewMirror);
