/** Two plays in one house differ in their names, so that each finds its own things. */
export interface Play {
  campaign: string;
  message: string;
  /** In which the field of the service stands. */
  shared: string;
  /** The same after the correction. */
  corrected: string;
  continuation: string;
  french: string;
  frenchCorrected: string;
  /** Of the image, so that each play has its own. */
  shade: number;
  altText: string;
  frenchAltText: string;
}

export const SERVICE = 'Family helpline';
/** What is published: the field is filled in. */
export const writtenOut = (text: string) => text.replace('{{service}}', SERVICE);

/** The words of a play: they differ from those of another only in its name. */
export function aPlay(name: string, shade: number): Play {
  return {
    shade,
    campaign: `Come home, ${name}`,
    message: `You can still call, ${name}`,
    shared: `You can still call, ${name}. {{service}} answers every evening.`,
    corrected: `You can still call, ${name}. {{service}} answers from 9 to 21.`,
    continuation: `Nobody asks for your name, ${name}.`,
    french: `Vous pouvez encore appeler. {{service}} répond chaque soir, ${name}.`,
    frenchCorrected: `Vous pouvez encore appeler. {{service}} répond de 9 à 21 heures, ${name}.`,
    altText: `A lit window at night, ${name}`,
    frenchAltText: `Une fenêtre éclairée, la nuit, ${name}`,
  };
}
