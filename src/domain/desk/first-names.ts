/**
 * First names that are common in France, Spain, English-speaking countries and among people who came to live there, folded: how a
 * name is found that is written without a capital. Those that are everyday words of one of the desk's languages as well
 * ('will', 'luz', 'rose') are left out: they would hide what was said.
 */
export const FIRST_NAMES: ReadonlySet<string> = new Set(
  `
  abdel abdelkader abdoul abdoulaye abdullah adam adama adele adrian adrien adriana agathe agnes ahmed aicha aida aisha alain alan alba
  albane alberto albert alejandra alejandro alessandro alexandra alexandre alexia alexis alfonso alfred ali alice alicia aline alison
  alix alma aloys alvaro amadou amal amandine amar amelie amina aminata amir amira amparo ana anabel anais andrea andreas andree andres
  andrew andy angela angelique anita anna annabelle anne annie anthony antoine antoinette antonia antonio arantxa ariane arianna arlette
  armand arnaud arthur arturo asma assia astrid aude audrey augustin aurelie aurelien aurore awa axel axelle aya ayoub aziz baptiste
  barbara bastien beatrice beatriz begona belen benedicte benjamin benoit bernadette bernard bertrand betty bilal boris boubacar brahim
  brandon brenda brian brigitte bruno camila camille carla carlos carmen carole caroline cassandra catalina catherine cecile cecilia
  cedric celia celine cesar chantal charlene charles charlotte cheikh chloe chris christelle christian christiane christine christophe
  christopher cindy claire clara clarisse claude claudia claudine clemence clement cloe colette coralie corentin corinne cristian
  cristina cyril cyrille damien daniel daniela danielle david deborah delphine denis denise diana diane diego djamila dominique donald
  douglas dylan edith edouard eduardo edward elena eleonore elias elisa elisabeth elise elizabeth ella elodie eloise elsa emilie emilio
  emily emma emmanuel emmanuelle enrique enzo eric erika ernesto estelle esteban esther ethan etienne eugene eugenie eva evelyne fabien
  fabienne fabio fabrice fanny farid farida fatiha fatima fatma fatou fatoumata federico felipe felix fernanda fernando fiona flora
  florence florent florian floriane francesco francis francisca francisco franck francois francoise frederic frederique gabriel gabriela
  gabrielle gael gaelle gaetan gary gaspard genevieve geoffrey george georges georgette gerald geraldine gerard german ghislaine
  gilbert gilles ginette gisele gloria gonzalo gregoire gregory guillaume guillermo gustave gustavo guy habib hadja hakim halima hamid
  hamza hanane hannah hassan heather hector helen helena helene henri henriette herve hicham hind hugo hugues ibrahim ibrahima ignacio
  iker imane ines ingrid irene isaac isabel isabelle ismael ivan jacob jacqueline jacques jaime jamal james jane janine jason javier
  jean jeanne jeannine jeff jennifer jeremie jeremy jerome jesse jessica joan joanna joaquin joel joelle john johnny jonas jonathan
  jordan jorge jose josefa joseph josephine josette joshua josiane josue juan juana jules julia julian juliana julie julien julienne
  juliette julio justin justine kader kamel karen karim karima karine kathleen katia kelly kenneth kevin khadija khaled khalid kim
  laetitia laila lamine lara larbi larissa laura laure laurence laurent lea leila leo leon leonie leticia lidia lila liliane lilou lina
  linda lionel lisa loan logan loic lola lorena lorenzo lou louane louis louisa louise lourdes luca lucas lucia lucie lucien lucienne
  lucy ludivine ludovic luis luisa luka lydia lydie mael maeva magali mahmoud maite malika malik mamadou manon manuel manuela marc marcel
  marcelle marco marcos margaret margaux margot marguerite maria mariam mariana marianne marie marielle mario marion marta martha
  martin martina martine mary maryam maryse mateo mathieu mathilde mathis matilda matteo matthew matthias matthieu maud maurice maxence
  maxime megan mehdi melanie melina melissa mercedes merouane michael michel michele micheline michelle miguel mireille miriam mohamed
  mohammed monica monique morgane moussa mouna mustapha myriam nabil nadege nadia nadine nael naima nancy natalia nathalie nathan
  nawal nicholas nicolas nicole nina noah noemie nora norbert nour nuria odette odile olga oliver olivia olivier omar oscar oumar ousmane
  pablo paloma pamela pascale patrice patricia patricio patrick paul paula paulette pauline pedro peter philippe pierre quentin rachel
  rachid rachida rafael raoul raphael raphaelle raquel raul raymond raymonde rebecca regine remi remy renaud rene renee ricardo richard
  robert roberto robin rodrigo roger roland romain romane ronald rosa rosalie rosario roxane ruben russell ruth ryan sabine sabrina
  salah salima salma salome salvador samia samir samira samuel sandra sandrine santiago sara sarah sasha scott sean sebastian sebastien
  selma serge sergio severine sharon sheila silvia simon simone siham sofia sofiane soledad solene solange sonia sophie soraya soumaya
  stella stephane stephanie stephen steven susan susana suzanne sylvain sylvette sylvia sylvie tania tatiana teresa theo theodore
  therese thibault thibaut thierry thomas tiffany timothee tom tomas tony tristan valentin valentina valentine valeria valerie valery
  vanessa veronica veronique vicente vicky victoire victor victoria vincent virginia virginie viviane walid wendy wilfried william
  xavier yacine yann yannick yasmina yasmine yassine yolanda yolande youcef youssef yusuf yves yvette yvonne zacharie zahra zineb zoe
  `
    .trim()
    .split(/\s+/),
);

/** Words that stand behind a name and are none: the rest of the sentence, not who it is about. */
export const BEHIND_A_NAME: ReadonlySet<string> = new Set(
  `
  a ai ait alors apres attend aussi aux avait avant avec avez avoir c ce cette chez comme d dans de depuis des dit dois doit du elle en
  entre est et etait etre eu fait habite ici il ils je l la le les leur lui m ma mais me merci mes mon n ne ni nos notre nous on ont ou
  par pas peut pour quand que qui s sa sans se sera ses si son sont sur t travaille un une va vient vit voisin voisine voit vos votre vous y
  about after and are as at because been before but by can came does from has have he her him his if in is it just keeps lives living me
  my next not of on or our said says she so than that the their them they to told wants was we went who will with works you your
  al ante antes como con cuando del desde despues dice dijo donde el ella entonces era esta fue ha habia hace hasta la las le lo los mas mi
  muy no nos o para pero por porque puede quiere se segun ser si sin sobre su sus tambien tiene trabaja un una vecina vecino viene vive y ya
  `
    .trim()
    .split(/\s+/),
);
