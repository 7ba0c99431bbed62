import { z } from 'zod';
import { identifier, instant, page, severalChoice, typedName, absolutePath, fingerPosition, wholeHand } from '../vocabulary.ts';
import { sampleQuality } from './inspections.ts';
import { formerlyHeld, givenConsent, held } from './consent.ts';
import { deletion } from './deletion.ts';
import { requests } from './request.ts';

export const sampleCard = z.object({
  id: identifier,
  imageId: identifier,
  fileName: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  hasTemplate: z.boolean(),
  /** As the pipeline judged it when it was enrolled; null where none did. */
  quality: sampleQuality.nullable(),
  /** Which finger it shows; null where nobody said, and of faces. */
  finger: fingerPosition.nullable(),
  createdAt: instant,
});

export const subjectCard = z.object({
  id: identifier,
  name: z.string(),
  note: z.string(),
  samples: z.number().int(),
  /** Samples with a template of the model in use; those without cannot be matched yet. */
  templates: z.number().int(),
  portrait: identifier.nullable(),
  createdAt: instant,
});
export type SubjectCard = z.infer<typeof subjectCard>;

/** What became of one picture offered for enrolment, or of one finger of it. */
export const enrolOutcome = z.object({
  fileName: z.string(),
  imageId: identifier.nullable(),
  sampleId: identifier.nullable(),
  accepted: z.boolean(),
  reason: z.string().nullable(),
  finger: fingerPosition.nullable(),
  /** Also of one that was refused for it; null where no pipeline judged it. */
  quality: sampleQuality.nullable(),
  /** What was found though it was enrolled: it looks like somebody else, or unlike the person's other samples. */
  warnings: z.array(z.string()).optional(),
});
export type EnrolOutcome = z.infer<typeof enrolOutcome>;

const subjectId = { subjectId: identifier };

/** Of several faces in a picture; null: as the lab's policy says. One person is enrolled at a time, so never all. */
const severalAtEnrolment = severalChoice.exclude(['all']).nullable().default(null);

/** Where the gallery lies; null: in the data folder. */
const galleryPlace = z.object({ server: z.string().nullable() });

export const galleryRequests = requests({
  'gallery.where': { input: z.strictObject({}), output: galleryPlace.extend({ subjects: z.number().int(), samples: z.number().int() }) },
  /**
   * Moves everybody to a PostgreSQL server (postgres://...) or into the data folder ("local"): copied, read back, compared, and only then
   * taken from where they were. The window has to be opened again afterwards, so only the terminal does it.
   */
  'gallery.move': {
    input: z.strictObject({ to: z.string().min(1).max(1000) }),
    output: galleryPlace.extend({ subjects: z.number().int(), samples: z.number().int(), templates: z.number().int(), sha256: z.string() }),
  },
  /** Puts a picture into the memory of the desk (not on disk) and checks that it can be read. It is forgotten at exit. */
  'images.put': {
    input: z.strictObject({ fileName: z.string().min(1).max(255), bytes: z.instanceof(Uint8Array) }),
    output: z.object({ imageId: identifier, width: z.number().int(), height: z.number().int(), format: z.string() }),
  },
  'subjects.list': {
    input: z.strictObject({ search: z.string().max(120).default(''), ...page }),
    output: z.object({ total: z.number().int(), subjects: z.array(subjectCard) }),
  },
  'subjects.get': { input: z.strictObject(subjectId), output: z.object({ subject: subjectCard, samples: z.array(sampleCard), ...held.shape, formerly: z.array(formerlyHeld) }) },
  'subjects.rename': { input: z.strictObject({ ...subjectId, name: typedName }), output: subjectCard },
  /** `typedName` must equal the subject's name: the person who deletes has read it. `exportsElsewhere`: so many exports of the person were made outside of the data folder, which nobody looks into. */
  'subjects.delete': { input: z.strictObject({ ...subjectId, typedName: z.string() }), output: deletion.extend({ exportsElsewhere: z.number().int() }) },
  'samples.delete': { input: z.strictObject({ sampleId: identifier }), output: z.object({ removed: z.literal(true) }) },
  /** Adds samples to a new or known subject; each picture is judged by itself and the good ones are kept. */
  'enrol.images': {
    input: z.strictObject({
      subject: z.union([z.strictObject({ name: typedName, note: z.string().max(500).default('') }), z.strictObject(subjectId)]),
      imageIds: z.array(identifier).min(1).max(100),
      several: severalAtEnrolment.or(wholeHand),
      /** Which finger the pictures show, where each shows one. */
      finger: fingerPosition.nullable().default(null),
      /** Of a person who is new; required where the lab's policy says so. */
      consent: givenConsent.nullable().default(null),
    }),
    output: z.object({ subject: subjectCard.nullable(), outcomes: z.array(enrolOutcome) }),
  },
  /** Enrols a folder per subject, or a CSV manifest, as a job; its log names every picture that failed, with the reason. */
  'enrol.folder': { input: z.strictObject({ path: absolutePath, several: severalAtEnrolment, consent: givenConsent.nullable().default(null) }), output: z.object({ jobId: identifier }) },
});
